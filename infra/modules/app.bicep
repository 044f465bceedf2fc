metadata description = 'The function app, .NET isolated, on a Flex Consumption plan or on a dedicated one.'

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Unique part of the names.')
param token string

@description('The service in azure.yaml that is deployed here.')
param serviceName string

@description('Resource id of the app\'s identity.')
param identityId string

@description('Client id of the app\'s identity.')
param identityClientId string

@description('Storage account of host, task hub and records.')
param storageName string

@description('URL of the container that holds the deployed package.')
param packageUrl string

@description('Container of the records.')
param recordsContainer string

@description('URI of the vault with model keys, with a slash at the end.')
param vaultUri string

@description('App setting to secret: { OPENAI_API_KEY: \'openai-api-key\' }. Endpoint files name the settings.')
param modelKeys object

@description('Where telemetry goes.')
param insightsConnectionString string

@description('Workspace for platform logs.')
param workspaceId string

@description('Settings of a backend other than Azure Storage.')
param backendSettings object

@description('Days after which the app deletes a run that has ended; 0 keeps runs.')
@minValue(0)
param runRetentionDays int

@description('More settings, or other values for those above.')
param extraSettings object

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('Instances at most.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int

@description('Instances that always run for orchestrators and activities. 0 scales to zero; 1 takes away most of the delay at the start of a run.')
@minValue(0)
param alwaysReadyDurable int

@description('Instances of a dedicated plan, all running all the time; 0 for a Flex Consumption plan.')
@minValue(0)
param dedicatedInstances int

@description('Subnet of the app; empty for none.')
param subnetId string

@description('Take requests from private endpoints only.')
param privateInbound bool

@description('CIDR ranges that may send requests; empty for all.')
param allowedIpRanges string[]

@description('Client id of an Entra app registration: everybody has to sign in, before function keys are looked at. Empty: function keys alone.')
param entraClientId string

@description('Send browsers without a sign-in to the sign-in page.')
param entraSignInPage bool

var dedicated = dedicatedInstances > 0

// What functionAppConfig says on Flex Consumption, which takes none of these. With all traffic through the network, where there is one,
// references to a vault behind a private endpoint can be read.
var dedicatedSite = dedicated ? { linuxFxVersion: 'DOTNET-ISOLATED|10.0', alwaysOn: true, vnetRouteAllEnabled: true } : {}
var dedicatedSettings = dedicated
  ? { FUNCTIONS_EXTENSION_VERSION: '~4', FUNCTIONS_WORKER_RUNTIME: 'dotnet-isolated', WEBSITE_RUN_FROM_PACKAGE: '1' }
  : {}

var secretSettings = toObject(
  items(modelKeys),
  key => key.key,
  key => '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/${key.value})')

var settings = union(
  {
    // The host's storage by identity, and the records' by the same settings.
    AzureWebJobsStorage__accountName: storageName
    AzureWebJobsStorage__credential: 'managedidentity'
    AzureWebJobsStorage__clientId: identityClientId
    // What DefaultAzureCredential takes for everything else.
    AZURE_CLIENT_ID: identityClientId
    ArenaBench__Container: recordsContainer
    ArenaBench__RunRetentionDays: string(runRetentionDays)
    APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
    // Not in host.json, which Core Tools read as well.
    AzureFunctionsJobHost__telemetryMode: 'OpenTelemetry'
    OTEL_SERVICE_NAME: 'arenabench'
    // Every trace: the exporters' own default is five a second.
    OTEL_TRACES_SAMPLER: 'microsoft.fixed_percentage'
    OTEL_TRACES_SAMPLER_ARG: '1'
  },
  dedicatedSettings,
  secretSettings,
  backendSettings,
  extraSettings)

// Not Elastic Premium: that wants a file share, and a storage key to mount it.
resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${token}'
  location: location
  tags: tags
  kind: dedicated ? 'linux' : 'functionapp'
  sku: dedicated ? { name: 'P0v3', tier: 'PremiumV3', capacity: dedicatedInstances } : { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: 'func-${token}'
  location: location
  // azd finds the app by this tag.
  tags: union(tags, { 'azd-service-name': serviceName })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: privateInbound ? 'Disabled' : 'Enabled'
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    functionAppConfig: dedicated ? null : {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReadyDurable == 0 ? [] : [{ name: 'durable', instanceCount: alwaysReadyDurable }]
      }
    }
    siteConfig: {
      ...dedicatedSite
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
      ftpsState: 'Disabled'
      remoteDebuggingEnabled: false
      ipSecurityRestrictionsDefaultAction: empty(allowedIpRanges) ? 'Allow' : 'Deny'
      ipSecurityRestrictions: map(allowedIpRanges, (range, index) => {
        name: 'allowed-${index}'
        ipAddress: range
        action: 'Allow'
        priority: 100 + index
      })
    }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: settings
  }

  // Publishing by password is off; azd and the workflow publish with an Entra token.
  resource scmPasswords 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource ftpPasswords 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource signIn 'config' = if (!empty(entraClientId)) {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true }
      globalValidation: {
        requireAuthentication: true
        unauthenticatedClientAction: entraSignInPage ? 'RedirectToLoginPage' : 'Return401'
        redirectToProvider: entraSignInPage ? 'azureactivedirectory' : null
      }
      httpSettings: { requireHttps: true }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: entraClientId
            openIdIssuer: '${environment().authentication.loginEndpoint}${subscription().tenantId}/v2.0'
          }
          validation: { allowedAudiences: ['api://${entraClientId}', entraClientId] }
        }
      }
      login: { tokenStore: { enabled: false } }
    }
  }
}

resource platformLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: app
  name: 'to-workspace'
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'FunctionAppLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

output id string = app.id
output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
