using System.Text.Json;
using System.Text.RegularExpressions;
using ArenaBench.Testing;

namespace ArenaBench.Infra.Tests;

/// <summary>The templates, compiled by the real compiler with warnings as errors, and what each choice of settings would deploy.</summary>
public sealed partial class TemplateTests(TemplatePlans plans) : IClassFixture<TemplatePlans>
{
    [Fact]
    public async Task EveryChoice_CompilesWithoutAWarning()
    {
        foreach (var plan in new[] { await plans.Default, await plans.Everything, await plans.Scheduler })
            Assert.Equal("", plan.Said);
    }

    [Fact]
    public async Task Default_NoKeyNoPasswordNoPublicRead()
    {
        var plan = await plans.Default;

        var storage = plan.Properties("Microsoft.Storage/storageAccounts");
        Assert.False(storage.GetProperty("allowSharedKeyAccess").GetBoolean());
        Assert.False(storage.GetProperty("allowBlobPublicAccess").GetBoolean());
        Assert.Equal("TLS1_2", storage.GetProperty("minimumTlsVersion").GetString());
        Assert.True(plan.Properties("Microsoft.KeyVault/vaults").GetProperty("enableRbacAuthorization").GetBoolean());
        Assert.True(plan.Properties("Microsoft.Insights/components").GetProperty("DisableLocalAuth").GetBoolean());
        Assert.True(plan.Properties("Microsoft.Web/sites").GetProperty("httpsOnly").GetBoolean());
        Assert.Equal([false, false], plan.Of("Microsoft.Web/sites/basicPublishingCredentialsPolicies").Select(policy => policy.GetProperty("properties").GetProperty("allow").GetBoolean()));
        Assert.DoesNotContain(plan.Settings.EnumerateObject(), setting => setting.Value.ToString().Contains("AccountKey=", StringComparison.OrdinalIgnoreCase));
        Assert.StartsWith("[format('@Microsoft.KeyVault(SecretUri=", plan.Settings.GetProperty("OPENAI_API_KEY").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Default_IsFlexConsumptionOnNet10WithOpenTelemetry()
    {
        var plan = await plans.Default;

        Assert.Equal("FC1", plan.One("Microsoft.Web/serverfarms").GetProperty("sku").GetProperty("name").GetString());
        var runtime = plan.Properties("Microsoft.Web/sites").GetProperty("functionAppConfig").GetProperty("runtime");
        Assert.Equal(("dotnet-isolated", "10.0"), (runtime.GetProperty("name").GetString(), runtime.GetProperty("version").GetString()));
        Assert.Equal("OpenTelemetry", plan.Settings.GetProperty("AzureFunctionsJobHost__telemetryMode").GetString());
        Assert.Equal(("microsoft.fixed_percentage", "1"), (plan.Settings.GetProperty("OTEL_TRACES_SAMPLER").GetString(), plan.Settings.GetProperty("OTEL_TRACES_SAMPLER_ARG").GetString()));
        Assert.False(plan.Properties("Microsoft.Web/sites").GetProperty("siteConfig").TryGetProperty("linuxFxVersion", out _));
        Assert.False(plan.Settings.TryGetProperty("FUNCTIONS_WORKER_RUNTIME", out _));
        Assert.Equal("managedidentity", plan.Settings.GetProperty("AzureWebJobsStorage__credential").GetString());
        Assert.Empty(plan.Of("Microsoft.Network/virtualNetworks"));
        Assert.Empty(plan.Of("Microsoft.Consumption/budgets"));
    }

    [Fact]
    public async Task EveryChoice_LeavesHubAndBackendToHostJson()
    {
        // The platform decides how many instances there are by that file alone: a setting in its place would only reach the app.
        foreach (var plan in new[] { await plans.Default, await plans.Everything, await plans.Scheduler })
            Assert.DoesNotContain(plan.Settings.EnumerateObject(), setting => setting.Name.StartsWith("AzureFunctionsJobHost__extensions", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Default_GivesTheAppItsFiveRolesAndNoOther()
    {
        var roles = RoleIds();

        Assert.Equal(
            new[] { "storageBlobDataOwner", "storageQueueDataContributor", "storageTableDataContributor", "keyVaultSecretsUser", "monitoringMetricsPublisher" }
                .Select(name => roles[name]).Order(StringComparer.Ordinal),
            (await plans.Default).Roles.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Everything_IsPrivateSignedInBudgetedAndCleanedUp()
    {
        var plan = await plans.Everything;

        Assert.Equal("Disabled", plan.Properties("Microsoft.Storage/storageAccounts").GetProperty("publicNetworkAccess").GetString());
        Assert.Equal("Disabled", plan.Properties("Microsoft.KeyVault/vaults").GetProperty("publicNetworkAccess").GetString());
        Assert.Equal("Disabled", plan.Properties("Microsoft.Sql/servers").GetProperty("publicNetworkAccess").GetString());
        Assert.Equal("Disabled", plan.Properties("Microsoft.Web/sites").GetProperty("publicNetworkAccess").GetString());
        Assert.Equal(
            ["blob", "queue", "sites", "sqlServer", "table", "vault"],
            plan.Of("Microsoft.Network/privateEndpoints").Select(endpoint => endpoint.GetProperty("properties").GetProperty("privateLinkServiceConnections")[0]
                .GetProperty("properties").GetProperty("groupIds")[0].GetString()).Order(StringComparer.Ordinal));
        var administrator = plan.Properties("Microsoft.Sql/servers").GetProperty("administrators");
        Assert.True(administrator.GetProperty("azureADOnlyAuthentication").GetBoolean());
        Assert.Contains(".principalId", administrator.GetProperty("sid").GetString(), StringComparison.Ordinal);
        Assert.Empty(plan.Of("Microsoft.Sql/servers/firewallRules"));
        var signIn = plan.Of("Microsoft.Web/sites/config").Single(config => config.GetProperty("name").GetString()!.EndsWith("/authsettingsV2", StringComparison.Ordinal));
        Assert.True(signIn.GetProperty("properties").GetProperty("globalValidation").GetProperty("requireAuthentication").GetBoolean());
        Assert.Equal(100, plan.Properties("Microsoft.Consumption/budgets").GetProperty("amount").GetInt32());
        Assert.Equal("30", plan.Settings.GetProperty("ArenaBench__RunRetentionDays").GetString());
        var rule = Assert.Single(plan.Properties("Microsoft.Storage/storageAccounts/managementPolicies").GetProperty("policy").GetProperty("rules").EnumerateArray()).GetProperty("definition");
        Assert.Equal("arenabench/runs/", rule.GetProperty("filters").GetProperty("prefixMatch")[0].GetString());
        // Long after the app: a run that waits has files that nobody has written to for weeks.
        Assert.InRange(rule.GetProperty("actions").GetProperty("baseBlob").GetProperty("delete").GetProperty("daysAfterModificationGreaterThan").GetInt32(), 30 + 60, 365);
        Assert.Single(plan.Of("Microsoft.Insights/workbooks"));
    }

    [Fact]
    public async Task Sql_IsOnADedicatedPlan_WhichNeedsNoStorageKey()
    {
        var plan = await plans.Everything;

        var sku = plan.One("Microsoft.Web/serverfarms").GetProperty("sku");
        Assert.Equal(("PremiumV3", 1), (sku.GetProperty("tier").GetString(), sku.GetProperty("capacity").GetInt32()));
        var app = plan.Properties("Microsoft.Web/sites");
        Assert.False(app.TryGetProperty("functionAppConfig", out var flex) && flex.ValueKind != JsonValueKind.Null);
        Assert.Equal("DOTNET-ISOLATED|10.0", app.GetProperty("siteConfig").GetProperty("linuxFxVersion").GetString());
        Assert.True(app.GetProperty("siteConfig").GetProperty("alwaysOn").GetBoolean());
        Assert.True(app.GetProperty("siteConfig").GetProperty("vnetRouteAllEnabled").GetBoolean());
        Assert.Equal("~4", plan.Settings.GetProperty("FUNCTIONS_EXTENSION_VERSION").GetString());
        Assert.Equal("dotnet-isolated", plan.Settings.GetProperty("FUNCTIONS_WORKER_RUNTIME").GetString());
        Assert.False(plan.Settings.TryGetProperty("WEBSITE_CONTENTAZUREFILECONNECTIONSTRING", out _));
        Assert.True(plan.Settings.TryGetProperty("SQLDB_Connection", out _));
        Assert.Contains("Microsoft.Web/serverFarms", plan.One("Microsoft.Network/virtualNetworks").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scheduler_IsUsedWithTheIdentityAndItsRole()
    {
        var plan = await plans.Scheduler;

        Assert.Contains("Authentication=ManagedIdentity", plan.Settings.GetProperty("DURABLE_TASK_SCHEDULER_CONNECTION_STRING").GetString(), StringComparison.Ordinal);
        Assert.Equal("FC1", plan.One("Microsoft.Web/serverfarms").GetProperty("sku").GetProperty("name").GetString());
        Assert.Single(plan.Of("Microsoft.DurableTask/schedulers/taskHubs"));
        Assert.Contains(RoleIds()["durableTaskDataContributor"], plan.Roles);
        Assert.Empty(plan.Of("Microsoft.Sql/servers"));
    }

    [Fact]
    public async Task EveryTracedResource_SendsDiagnosticsToTheWorkspace()
    {
        // Blob, queue, table, vault, app; with SQL its database too.
        Assert.Equal(5, (await plans.Default).Of("Microsoft.Insights/diagnosticSettings").Count);
        Assert.Equal(6, (await plans.Everything).Of("Microsoft.Insights/diagnosticSettings").Count);
    }

    [Fact]
    public async Task EveryResourceThatTakesTags_HasThem()
    {
        foreach (var resource in (await plans.Everything).Resources.Where(resource => resource.TryGetProperty("location", out _)))
            Assert.Equal("arenabench", resource.GetProperty("tags").GetProperty("application").GetString());
    }

    [Fact]
    public void Roles_AreUuidsAndAllAssignedSomewhere()
    {
        var templates = string.Concat(Directory.EnumerateFiles(RepoRoot.File("infra", "modules"), "*.bicep").Select(File.ReadAllText));
        foreach (var (name, id) in RoleIds())
        {
            Assert.True(Guid.TryParseExact(id, "D", out _), $"{name}: {id}");
            Assert.Contains($"roles.{name}", templates, StringComparison.Ordinal);
        }

        Assert.DoesNotMatch(Uuid(), templates);
    }

    [Fact]
    public void EveryParameter_HasADescription()
    {
        foreach (var file in Directory.EnumerateFiles(RepoRoot.File("infra"), "*.bicep", SearchOption.AllDirectories))
        {
            var lines = File.ReadAllLines(file);
            for (var line = 0; line < lines.Length; line++)
            {
                if (!lines[line].StartsWith("param ", StringComparison.Ordinal))
                    continue;
                var decorators = lines.Take(line).Reverse().TakeWhile(above => above.StartsWith('@'));
                Assert.True(decorators.Any(above => above.StartsWith("@description(", StringComparison.Ordinal)), $"{file}:{line + 1}: {lines[line]}");
            }
        }
    }

    private static Dictionary<string, string> RoleIds() => JsonSerializer
        .Deserialize<Dictionary<string, string>>(File.ReadAllText(RepoRoot.File("infra", "roles.json")))!
        .Where(entry => !entry.Key.StartsWith('$')).ToDictionary();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();
}

/// <summary>Each compiled once.</summary>
public sealed class TemplatePlans
{
    private readonly Lazy<Task<DeploymentPlan>> _default = new(() => Bicep.PlanAsync());

    private readonly Lazy<Task<DeploymentPlan>> _everything = new(() => Bicep.PlanAsync(
        ("DURABLE_BACKEND", "sql"), ("PRIVATE_NETWORK", "true"), ("PRIVATE_INBOUND", "true"),
        ("ENTRA_CLIENT_ID", "00000000-0000-0000-0000-00000000000a"), ("AZURE_PRINCIPAL_ID", "00000000-0000-0000-0000-00000000000b"),
        ("BUDGET_AMOUNT", "100"), ("BUDGET_EMAILS", "[\"a@example.com\"]"), ("BUDGET_START", "2026-01-01"),
        ("RUN_RETENTION_DAYS", "30"), ("ALLOWED_IP_RANGES", "[\"203.0.113.0/24\"]")));

    private readonly Lazy<Task<DeploymentPlan>> _scheduler = new(() => Bicep.PlanAsync(("DURABLE_BACKEND", "scheduler")));

    internal Task<DeploymentPlan> Default => _default.Value;

    internal Task<DeploymentPlan> Everything => _everything.Value;

    internal Task<DeploymentPlan> Scheduler => _scheduler.Value;
}
