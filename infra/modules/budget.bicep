metadata description = 'Mails at 80% of the monthly amount spent and at 100% forecast. It warns, it stops nothing; model calls are billed by their providers, not here.'

@description('Amount a month, in the billing currency.')
@minValue(1)
param amount int

@description('First day of the month it starts in (yyyy-MM-01). Keep it for later deployments: a budget\'s start cannot be moved.')
param start string

@description('Who is told.')
@minLength(1)
param contactEmails string[]

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: 'arenabench'
  properties: {
    category: 'Cost'
    amount: amount
    timeGrain: 'Monthly'
    timePeriod: { startDate: start }
    notifications: {
      actual80: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: contactEmails
      }
      forecast100: {
        enabled: true
        operator: 'GreaterThanOrEqualTo'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: contactEmails
      }
    }
  }
}

output name string = budget.name
