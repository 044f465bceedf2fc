metadata description = 'Log Analytics workspace and Application Insights on it; telemetry is accepted from Entra identities only.'

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Unique part of the names.')
param token string

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param retentionDays int

@description('Gigabytes of logs a day after which ingestion stops until the next day; -1 for no limit.')
param dailyCapGb int

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'log-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    workspaceCapping: { dailyQuotaGb: dailyCapGb }
    features: { enableLogAccessUsingOnlyResourcePermissions: true }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    // Without this anybody who has the connection string may write into the workspace.
    DisableLocalAuth: true
  }
}

// Calls, tokens, cost, refusals, waiting lanes, lag: docs/operations.md.
resource dashboard 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(insights.id, 'arenabench')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'ArenaBench'
    category: 'workbook'
    sourceId: insights.id
    serializedData: loadTextContent('../workbook.json')
  }
}

output workspaceId string = workspace.id
output insightsName string = insights.name
output insightsConnectionString string = insights.properties.ConnectionString
