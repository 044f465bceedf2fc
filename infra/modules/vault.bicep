metadata description = 'Key Vault for the keys of model providers. The template creates no secret: you put them in, the app reads them by reference.'

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Vault name: 3 to 24 letters, digits and dashes.')
@minLength(3)
@maxLength(24)
param name string

@description('A deleted vault or secret cannot be removed for good before its retention has passed.')
param purgeProtection bool

@description('Reachable only through a private endpoint.')
param privateOnly bool

@description('Workspace for the audit log.')
param workspaceId string

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 30
    // False is refused: once on it stays on.
    enablePurgeProtection: purgeProtection ? true : null
    publicNetworkAccess: privateOnly ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: privateOnly ? 'Deny' : 'Allow'
    }
  }
}

resource audit 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: vault
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ categoryGroup: 'audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = vault.id
output name string = vault.name
output uri string = vault.properties.vaultUri
