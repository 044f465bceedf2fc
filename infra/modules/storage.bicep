metadata description = 'The one storage account: host, task hub, records and the deployed package. No shared keys, no anonymous reads.'

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Account name: 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param name string

@description('Redundancy.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param sku string

@description('Container of the deployed package.')
param packageContainer string

@description('Container of the records (the app setting ArenaBench__Container).')
param recordsContainer string

@description('Days during which a deleted or overwritten blob can be restored.')
@minValue(1)
@maxValue(365)
param softDeleteDays int

@description('Days after which the app deletes a run; 0 keeps runs. Some months later a rule deletes what is left of its files. Canonical answers and judgments are never deleted by a rule.')
@minValue(0)
param runRetentionDays int

@description('Reachable only through private endpoints.')
param privateOnly bool

@description('Addresses or CIDR ranges that may reach the account while it is public; empty for all. Who has no role still reads nothing.')
param allowedIpRanges string[]

@description('Workspace for metrics and logs.')
param workspaceId string

@description('Log every write and delete of blobs. A busy task hub writes much: this costs.')
param logWrites bool

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: sku }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowCrossTenantReplication: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: privateOnly ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: privateOnly ? 'None' : 'AzureServices'
      defaultAction: privateOnly || !empty(allowedIpRanges) ? 'Deny' : 'Allow'
      ipRules: [for range in allowedIpRanges: { action: 'Allow', value: range }]
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: true, days: softDeleteDays }
    containerDeleteRetentionPolicy: { enabled: true, days: softDeleteDays }
  }
}

resource package 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: packageContainer
}

resource records 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: recordsContainer
}

resource queues 'Microsoft.Storage/storageAccounts/queueServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource lifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01' = if (runRetentionDays > 0) {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'delete-old-runs'
          enabled: true
          type: 'Lifecycle'
          definition: {
            // Parts are append blobs: for those the only action is to delete. The app counts from a run's end; the rule, which knows
            // only when a file was written, must not reach the files of a run that still waits.
            filters: {
              blobTypes: ['blockBlob', 'appendBlob']
              prefixMatch: ['${recordsContainer}/runs/']
            }
            actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: runRetentionDays + 90 } } }
          }
        }
      ]
    }
  }
}

resource blobLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: blobs
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: logWrites ? [{ category: 'StorageWrite', enabled: true }, { category: 'StorageDelete', enabled: true }] : []
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

resource queueMetrics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: queues
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

resource tableMetrics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: tables
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

output id string = account.id
output name string = account.name
output packageUrl string = '${account.properties.primaryEndpoints.blob}${packageContainer}'
