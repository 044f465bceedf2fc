metadata description = 'Virtual network with a subnet for the app and one for private endpoints of storage, vault and, if asked for, the app itself.'

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Unique part of the names.')
param token string

@description('Address space of the network; at least a /23.')
param addressPrefix string

@description('The app is on a dedicated plan.')
param dedicatedPlan bool

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'vnet-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 24, 0)
          // What the plan integrates through; the other one is Flex Consumption's.
          delegations: [{ name: 'plan', properties: { serviceName: dedicatedPlan ? 'Microsoft.Web/serverFarms' : 'Microsoft.App/environments' } }]
        }
      }
      {
        name: 'endpoints'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 24, 1)
          privateEndpointNetworkPolicies: 'Disabled'
        }
      }
    ]
  }
}

output id string = network.id
output appSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'app')
output endpointSubnetId string = resourceId('Microsoft.Network/virtualNetworks/subnets', network.name, 'endpoints')
