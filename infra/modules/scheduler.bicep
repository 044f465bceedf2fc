metadata description = 'Durable Task Scheduler with one task hub: the managed backend.'

@description('Region; the scheduler is not in every one.')
param location string

@description('Tags of every resource.')
param tags object

@description('Scheduler name: 3 to 64 letters, digits and dashes.')
param name string

@description('Task hub name.')
param taskHubName string

@description('Consumption is paid by action; Dedicated by capacity unit.')
@allowed(['Consumption', 'Dedicated'])
param sku string

@description('CIDR ranges that may reach the scheduler; who has no role still does nothing.')
param ipAllowlist string[]

@description('Principal of the app.')
param appPrincipalId string

@description('Principal that may look at the dashboard; empty for none.')
param deployerPrincipalId string

@description('What the deployer is.')
@allowed(['User', 'ServicePrincipal', 'Group'])
param deployerPrincipalType string

var roles = loadJsonContent('../roles.json')
var principals = concat(
  [{ id: appPrincipalId, type: 'ServicePrincipal' }],
  empty(deployerPrincipalId) ? [] : [{ id: deployerPrincipalId, type: deployerPrincipalType }])

resource scheduler 'Microsoft.DurableTask/schedulers@2025-11-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    ipAllowlist: ipAllowlist
    sku: sku == 'Dedicated' ? { name: 'Dedicated', capacity: 1 } : { name: 'Consumption' }
  }
}

resource hub 'Microsoft.DurableTask/schedulers/taskHubs@2025-11-01' = {
  parent: scheduler
  name: taskHubName
}

resource access 'Microsoft.Authorization/roleAssignments@2022-04-01' = [for principal in principals: {
  scope: hub
  name: guid(hub.id, principal.id, roles.durableTaskDataContributor)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.durableTaskDataContributor)
    principalId: principal.id
    principalType: principal.type
  }
}]

output endpoint string = scheduler.properties.endpoint
output hubName string = hub.name
