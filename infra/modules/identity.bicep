metadata description = 'The identity that the function app runs as.'

@description('Region.')
param location string

@description('Tags of every resource.')
param tags object

@description('Unique part of the name.')
param token string

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-${token}'
  location: location
  tags: tags
}

output id string = identity.id
output name string = identity.name
output clientId string = identity.properties.clientId
output principalId string = identity.properties.principalId
