using ArenaBench.Core.Configuration;
using ArenaBench.Functions.Settings;
using Microsoft.Extensions.Configuration;

namespace ArenaBench.Functions.Tests;

/// <summary>A wrong setting stops the app at its start with the setting's name and what it wants, never with its value.</summary>
public sealed class SettingsCheckTests
{
    [Theory]
    [InlineData("", "no storage is named; set AzureWebJobsStorage__accountName")]
    [InlineData("AzureWebJobsStorage=hunter2", "AzureWebJobsStorage is not a storage connection string")]
    [InlineData("AzureWebJobsStorage=@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/hunter2)", "AzureWebJobsStorage still holds its Key Vault reference")]
    [InlineData("AzureWebJobsStorage:accountName=https://hunter2", "AzureWebJobsStorage__accountName is not a storage account's name")]
    [InlineData("AzureWebJobsStorage:blobServiceUri=hunter2", "AzureWebJobsStorage__blobServiceUri is not a URL")]
    [InlineData("AzureWebJobsStorage:accountName=good;AzureWebJobsStorage:clientId=hunter2", "AzureWebJobsStorage__clientId is not the client id (a GUID)")]
    [InlineData("AzureWebJobsStorage:accountName=good;AzureWebJobsStorage:credential=hunter2", "AzureWebJobsStorage__credential is to be managedidentity")]
    [InlineData("AzureWebJobsStorage=UseDevelopmentStorage=true;ArenaBench:Container=Hunter2", "ArenaBench__Container is not a container's name")]
    [InlineData("AzureWebJobsStorage=UseDevelopmentStorage=true;ArenaBench:PostsPerMinute=hunter2", "ArenaBench__PostsPerMinute is not a whole number")]
    [InlineData("AzureWebJobsStorage=UseDevelopmentStorage=true;ArenaBench:RunRetentionDays=hunter2", "ArenaBench__RunRetentionDays is not a whole number of days")]
    [InlineData("AzureWebJobsStorage=UseDevelopmentStorage=true;AZURE_CLIENT_ID=hunter2", "AZURE_CLIENT_ID is not the client id")]
    [InlineData("AzureWebJobsStorage=UseDevelopmentStorage=true;OTEL_EXPORTER_OTLP_ENDPOINT=hunter2:4317", "OTEL_EXPORTER_OTLP_ENDPOINT is not the URL")]
    [InlineData("AzureWebJobsStorage=UseDevelopmentStorage=true;APPLICATIONINSIGHTS_CONNECTION_STRING=hunter2", "APPLICATIONINSIGHTS_CONNECTION_STRING is not a connection string")]
    public void Run_WrongSetting_IsNamedWithoutItsValue(string settings, string said)
    {
        var refused = Assert.Throws<ProblemException>(() => SettingsCheck.Run(Read(settings)));

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Run_SeveralWrong_SaysThemAll()
    {
        var refused = Assert.Throws<ProblemException>(() => SettingsCheck.Run(Read("ArenaBench:Container=X;ArenaBench:PostsPerMinute=-1")));
        Assert.Equal(3, refused.Problems.Count);
    }

    [Theory]
    [InlineData("AzureWebJobsStorage=UseDevelopmentStorage=true")]
    [InlineData("AzureWebJobsStorage:accountName=starenabench;AzureWebJobsStorage:credential=managedidentity;AzureWebJobsStorage:clientId=8c6e1f6a-3a5e-4f0e-9a2b-0f6f2f1d7a10")]
    [InlineData("AzureWebJobsStorage:blobServiceUri=https://starenabench.blob.core.windows.net;ArenaBench:Container=my-records;ArenaBench:PostsPerMinute=0")]
    [InlineData("AzureWebJobsStorage=UseDevelopmentStorage=true;OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317;OPENAI_API_KEY=@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/k)")]
    public void Run_RightSettings_AreTaken(string settings) => SettingsCheck.Run(Read(settings));

    // "UseDevelopmentStorage=true" holds an equals sign of its own.
    private static IConfiguration Read(string settings) => new ConfigurationBuilder().AddInMemoryCollection(
        settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], (string?)pair[1]))).Build();
}
