metadata description = 'A private endpoint and the private DNS zone that makes its name resolve inside the network.'

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Name of the endpoint.')
param name string

@description('The resource behind it.')
param targetId string

@description('Which of the resource\'s services: blob, queue, table, vault, sites.')
param groupId string

@description('Private DNS zone of that service.')
param zoneName string

@description('Network that resolves the zone.')
param networkId string

@description('Subnet of the endpoint.')
param subnetId string

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = {
  name: zoneName
  location: 'global'
  tags: tags
}

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = {
  parent: zone
  name: 'network'
  location: 'global'
  tags: tags
  properties: {
    registrationEnabled: false
    virtualNetwork: { id: networkId }
  }
}

resource endpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      {
        name: name
        properties: { privateLinkServiceId: targetId, groupIds: [groupId] }
      }
    ]
  }
}

resource names 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = {
  parent: endpoint
  name: 'default'
  properties: {
    privateDnsZoneConfigs: [{ name: groupId, properties: { privateDnsZoneId: zone.id } }]
  }
  dependsOn: [link]
}

output id string = endpoint.id
