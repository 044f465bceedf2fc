using './main.bicep'

// azd sets the first four; the others with `azd env set NAME VALUE`. What is not set has main.bicep's default.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'arenabench')
param location = readEnvironmentVariable('AZURE_LOCATION', 'swedencentral')
param principalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param principalType = readEnvironmentVariable('AZURE_PRINCIPAL_TYPE', 'User')

param durableBackend = readEnvironmentVariable('DURABLE_BACKEND', 'azureStorage')
param taskHubName = readEnvironmentVariable('TASK_HUB_NAME', 'ArenaBench')
param alwaysReadyDurable = int(readEnvironmentVariable('ALWAYS_READY', '0'))
param runRetentionDays = int(readEnvironmentVariable('RUN_RETENTION_DAYS', '0'))
param privateNetwork = bool(readEnvironmentVariable('PRIVATE_NETWORK', 'false'))
param privateInbound = bool(readEnvironmentVariable('PRIVATE_INBOUND', 'false'))
param entraClientId = readEnvironmentVariable('ENTRA_CLIENT_ID', '')
param entraSignInPage = bool(readEnvironmentVariable('ENTRA_SIGN_IN_PAGE', 'false'))

// JSON: {"OPENAI_API_KEY": "openai-api-key", "ANTHROPIC_API_KEY": "anthropic-api-key"}
param modelKeys = json(readEnvironmentVariable('MODEL_KEYS', '{"OPENAI_API_KEY":"openai-api-key"}'))

// JSON: ["203.0.113.0/24"]
param allowedIpRanges = json(readEnvironmentVariable('ALLOWED_IP_RANGES', '[]'))

param budgetAmount = int(readEnvironmentVariable('BUDGET_AMOUNT', '0'))
param budgetContactEmails = json(readEnvironmentVariable('BUDGET_EMAILS', '[]'))
// Empty: this month.
param budgetStart = readEnvironmentVariable('BUDGET_START', '')
