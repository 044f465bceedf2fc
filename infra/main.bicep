metadata description = 'ArenaBench on Azure: a function app and what it needs, in one resource group.'

targetScope = 'subscription'

@description('Name of the environment: 1 to 40 letters, digits and dashes. Part of the resource group\'s name and of every tag.')
@minLength(1)
@maxLength(40)
param environmentName string

@description('Region of everything.')
@minLength(1)
param location string

@description('Principal of the person or pipeline that deploys: it may write records and secrets. Empty for none.')
param principalId string = ''

@description('What the deployer is.')
@allowed(['User', 'ServicePrincipal', 'Group'])
param principalType string = 'User'

@description('More tags for every resource.')
param extraTags object = {}

@description('Where orchestrations live. azureStorage: cheapest, some hundred activities a second. scheduler: fastest, with a dashboard. sql: a database that you can query and back up, on a plan with a fixed number of instances. A choice for good: nothing moves from one to another.')
@allowed(['azureStorage', 'scheduler', 'sql'])
param durableBackend string = 'azureStorage'

@description('Task hub of the scheduler; the app is built with the same name. Letters and digits, a letter first.')
@minLength(3)
@maxLength(45)
param taskHubName string = 'ArenaBench'

@description('Region of the Durable Task Scheduler, which is not in every one.')
param schedulerLocation string = location

@description('How the scheduler is paid: by action, or by capacity unit.')
@allowed(['Consumption', 'Dedicated'])
param schedulerSku string = 'Consumption'

@description('App setting to Key Vault secret, as { OPENAI_API_KEY: \'openai-api-key\' }. Endpoint files name the settings; the secrets are put in by hand.')
param modelKeys object = { OPENAI_API_KEY: 'openai-api-key' }

@description('More app settings, as { ArenaBench__Container: \'arenabench\' }.')
param extraSettings object = {}

@description('Memory of an instance in MB. 2048 holds some hundred calls in flight.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Instances at most.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Instances that always run for orchestrators and activities; 0 scales to zero. With sql: the instances, at least one.')
@minValue(0)
param alwaysReadyDurable int = 0

@description('Storage redundancy. Standard_ZRS survives the loss of a zone where the region has zones, Standard_GZRS that of a region.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param storageSku string = 'Standard_LRS'

@description('Days during which a deleted or overwritten blob can be restored.')
@minValue(1)
@maxValue(365)
param softDeleteDays int = 7

@description('Days after its end at which a run is deleted; 0 keeps runs. Canonical answers and judgments stay.')
@minValue(0)
param runRetentionDays int = 0

@description('Log every write and delete of blobs.')
param logStorageWrites bool = false

@description('Storage, vault and database through private endpoints only.')
param privateNetwork bool = false

@description('Requests through a private endpoint only; needs privateNetwork.')
param privateInbound bool = false

@description('Address space of the private network; at least a /23.')
param networkAddressPrefix string = '10.40.0.0/16'

@description('CIDR ranges that may send requests; empty for all (function keys are asked for in any case).')
param allowedIpRanges string[] = []

@description('Client id of an Entra app registration for sign-in in front of the app; empty for function keys alone.')
param entraClientId string = ''

@description('With entraClientId: browsers without a sign-in are sent to the sign-in page, for the viewer; false answers them 401 like programs.')
param entraSignInPage bool = false

@description('Deleted vaults and secrets cannot be removed for good before 30 days have passed. Cannot be taken back.')
param purgeProtection bool = false

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Gigabytes of logs a day at most; -1 for no limit.')
param logDailyCapGb int = 1

@description('Monthly budget in the billing currency that is warned about; 0 for none.')
@minValue(0)
param budgetAmount int = 0

@description('Who is mailed about the budget.')
param budgetContactEmails string[] = []

@description('First day of the budget\'s first month, yyyy-MM-01. Set it once and keep it; empty for this month.')
param budgetStart string = ''

@description('Not to be set: this month.')
param thisMonth string = utcNow('yyyy-MM-01')

var token = toLower(uniqueString(subscription().id, environmentName, location))
var tags = union({ 'azd-env-name': environmentName, application: 'arenabench' }, extraTags)
var packageContainer = 'app-package'
var recordsContainer = extraSettings.?ArenaBench__Container ?? 'arenabench'
var vaultZone = 'privatelink${replace(environment().suffixes.keyvaultDns, '.vault.', '.vaultcore.')}'

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    retentionDays: logRetentionDays
    dailyCapGb: logDailyCapGb
  }
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { location: location, tags: tags, token: token }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: 'st${token}'
    sku: storageSku
    packageContainer: packageContainer
    recordsContainer: recordsContainer
    softDeleteDays: softDeleteDays
    runRetentionDays: runRetentionDays
    privateOnly: privateNetwork
    allowedIpRanges: []
    workspaceId: monitoring.outputs.workspaceId
    logWrites: logStorageWrites
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    name: 'kv-${token}'
    purgeProtection: purgeProtection
    privateOnly: privateNetwork
    workspaceId: monitoring.outputs.workspaceId
  }
}

module access 'modules/access.bicep' = {
  scope: group
  params: {
    appPrincipalId: identity.outputs.principalId
    deployerPrincipalId: principalId
    deployerPrincipalType: principalType
    storageName: storage.outputs.name
    vaultName: vault.outputs.name
    insightsName: monitoring.outputs.insightsName
  }
}

module scheduler 'modules/scheduler.bicep' = if (durableBackend == 'scheduler') {
  scope: group
  params: {
    location: schedulerLocation
    tags: tags
    name: 'dts-${token}'
    taskHubName: taskHubName
    sku: schedulerSku
    ipAllowlist: ['0.0.0.0/0']
    appPrincipalId: identity.outputs.principalId
    deployerPrincipalId: principalId
    deployerPrincipalType: principalType
  }
}

module sql 'modules/sql.bicep' = if (durableBackend == 'sql') {
  scope: group
  params: {
    location: location
    tags: tags
    name: 'sql-${token}'
    appIdentityName: identity.outputs.name
    appPrincipalId: identity.outputs.principalId
    appClientId: identity.outputs.clientId
    privateOnly: privateNetwork
    workspaceId: monitoring.outputs.workspaceId
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  scope: group
  params: { location: location, tags: tags, token: token, addressPrefix: networkAddressPrefix, dedicatedPlan: durableBackend == 'sql' }
}

module storageEndpoints 'modules/private-endpoint.bicep' = [for service in ['blob', 'queue', 'table']: if (privateNetwork) {
  name: 'endpoint-${service}'
  scope: group
  params: {
    location: location
    tags: tags
    name: 'pe-${service}-${token}'
    targetId: storage.outputs.id
    groupId: service
    zoneName: 'privatelink.${service}.${environment().suffixes.storage}'
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointSubnetId
  }
}]

module vaultEndpoint 'modules/private-endpoint.bicep' = if (privateNetwork) {
  name: 'endpoint-vault'
  scope: group
  params: {
    location: location
    tags: tags
    name: 'pe-vault-${token}'
    targetId: vault.outputs.id
    groupId: 'vault'
    zoneName: vaultZone
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointSubnetId
  }
}

module sqlEndpoint 'modules/private-endpoint.bicep' = if (privateNetwork && durableBackend == 'sql') {
  name: 'endpoint-sql'
  scope: group
  params: {
    location: location
    tags: tags
    name: 'pe-sql-${token}'
    targetId: sql!.outputs.serverId
    groupId: 'sqlServer'
    zoneName: 'privatelink${environment().suffixes.sqlServerHostname}'
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointSubnetId
  }
}

module appEndpoint 'modules/private-endpoint.bicep' = if (privateNetwork && privateInbound) {
  name: 'endpoint-app'
  scope: group
  params: {
    location: location
    tags: tags
    name: 'pe-app-${token}'
    targetId: app.outputs.id
    groupId: 'sites'
    zoneName: 'privatelink.azurewebsites.net'
    networkId: network!.outputs.id
    subnetId: network!.outputs.endpointSubnetId
  }
}

// What functions/host.scheduler.json and host.sql.json name. The package for it has to be in the app: DURABLE_BACKEND at build.
var backendSettings = durableBackend == 'scheduler'
  ? {
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${scheduler!.outputs.endpoint};Authentication=ManagedIdentity;ClientID=${identity.outputs.clientId}'
    }
  : durableBackend == 'sql'
      ? {
          SQLDB_Connection: sql!.outputs.connectionString
        }
      : {}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    location: location
    tags: tags
    token: token
    serviceName: 'api'
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageUrl: storage.outputs.packageUrl
    recordsContainer: recordsContainer
    vaultUri: vault.outputs.uri
    modelKeys: modelKeys
    insightsConnectionString: monitoring.outputs.insightsConnectionString
    workspaceId: monitoring.outputs.workspaceId
    backendSettings: backendSettings
    runRetentionDays: runRetentionDays
    extraSettings: extraSettings
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyDurable: alwaysReadyDurable
    // Flex Consumption does not run the SQL backend.
    dedicatedInstances: durableBackend == 'sql' ? max(alwaysReadyDurable, 1) : 0
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    privateInbound: privateNetwork && privateInbound
    allowedIpRanges: allowedIpRanges
    entraClientId: entraClientId
    entraSignInPage: entraSignInPage
  }
  // Before its first start the app must be allowed to read its storage and keys, and be able to reach them.
  dependsOn: [access, storageEndpoints, vaultEndpoint]
}

module budget 'modules/budget.bicep' = if (budgetAmount > 0 && !empty(budgetContactEmails)) {
  scope: group
  params: { amount: max(budgetAmount, 1), start: empty(budgetStart) ? thisMonth : budgetStart, contactEmails: budgetContactEmails }
}

@description('Resource group of everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('The function app.')
output AZURE_FUNCTION_NAME string = app.outputs.name

@description('Where it answers: what arena takes as --host, or from this variable.')
output ARENABENCH_URL string = app.outputs.url

@description('Storage account of the records.')
output AZURE_STORAGE_ACCOUNT_NAME string = storage.outputs.name

@description('Container of the records.')
output ARENABENCH_CONTAINER string = recordsContainer

@description('The vault to put model keys into.')
output AZURE_KEY_VAULT_NAME string = vault.outputs.name

@description('Application Insights, for traces and logs.')
output APPLICATIONINSIGHTS_NAME string = monitoring.outputs.insightsName
