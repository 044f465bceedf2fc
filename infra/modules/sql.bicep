metadata description = 'Azure SQL database for the SQL backend. Entra sign-in only: there is no SQL password.'

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Server name.')
param name string

@description('Display name of the app\'s identity, which administers the server: it creates and upgrades the task hub\'s tables.')
param appIdentityName string

@description('Object id of the app\'s identity.')
param appPrincipalId string

@description('Client id of the app\'s identity.')
param appClientId string

@description('Reachable only through a private endpoint.')
param privateOnly bool

@description('Workspace for metrics and logs.')
param workspaceId string

resource server 'Microsoft.Sql/servers@2023-08-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    version: '12.0'
    minimalTlsVersion: '1.2'
    publicNetworkAccess: privateOnly ? 'Disabled' : 'Enabled'
    administrators: {
      administratorType: 'ActiveDirectory'
      azureADOnlyAuthentication: true
      principalType: 'Application'
      login: appIdentityName
      // The object id, for a managed identity too.
      sid: appPrincipalId
      tenantId: subscription().tenantId
    }
  }
}

resource database 'Microsoft.Sql/servers/databases@2023-08-01' = {
  parent: server
  name: 'DurableTask'
  location: location
  tags: tags
  sku: { name: 'GP_S_Gen5_2', tier: 'GeneralPurpose' }
  properties: {
    // The collation that the backend's documentation asks for: github.com/microsoft/durabletask-mssql docs/quickstart.md.
    collation: 'Latin1_General_100_BIN2_UTF8'
    autoPauseDelay: 60
    // A fraction: Bicep's own numbers are whole.
    minCapacity: json('0.5')
  }
}

// The app comes from addresses of Azure that cannot be known before; sign-in by Entra is what protects the server.
resource fromAzure 'Microsoft.Sql/servers/firewallRules@2023-08-01' = if (!privateOnly) {
  parent: server
  name: 'AllowAllWindowsAzureIps'
  properties: { startIpAddress: '0.0.0.0', endIpAddress: '0.0.0.0' }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: database
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'Basic', enabled: true }]
  }
}

output serverId string = server.id
output connectionString string = 'Server=tcp:${server.properties.fullyQualifiedDomainName},1433;Database=${database.name};Authentication=Active Directory Managed Identity;User Id=${appClientId};Encrypt=True'
