using System.Reflection;
using ArenaBench.LocalRuntime.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>What stands behind <c>FunctionsApplicationBuilder</c> on this machine.</summary>
internal sealed class LocalHostBuilder
{
    private readonly LocalHostOptions _options;
    private readonly string _folder;
    private readonly Assembly _app;
    private bool _built;

    public LocalHostBuilder(string[]? args, LocalHostOptions options)
    {
        _options = options;
        _app = options.App ?? throw new LocalHostException(
            "The app's assembly is not known: start it as a program, or use LocalFunctionsHost.StartAsync.");
        _folder = Path.GetDirectoryName(_app.Location) is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;

        var environment = Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT")
            ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? Environments.Development;
        Web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = _app.GetName().Name, ContentRootPath = _folder, EnvironmentName = environment,
        });
        Web.Configuration
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile($"appsettings.{environment}.json", optional: true)
            .AddInMemoryCollection(LocalSettings.Read(Path.Combine(_folder, "local.settings.json")))
            .AddEnvironmentVariables()
            .AddCommandLine(args ?? []);
        Web.Logging.AddConfiguration(Web.Configuration.GetSection("Logging"));
        if (options.ConsoleLogging)
            Web.Logging.AddSimpleConsole(console => console.SingleLine = true)
                .AddFilter("Microsoft", LogLevel.Warning)
                .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None); // says again what is thrown
        Web.Host.UseDefaultServiceProvider(o => o.ValidateScopes = o.ValidateOnBuild = Web.Environment.IsDevelopment());
        Web.Services.AddRouting();
        Web.Services.TryAddSingleton(TimeProvider.System);
    }

    public WebApplicationBuilder Web { get; }

    public List<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> Middleware { get; } = [];

    public bool AspNetCoreIntegration { get; set; }

    public IHost Build()
    {
        if (_built) throw new InvalidOperationException("The application has already been built.");
        _built = true;
        var functions = FunctionDiscovery.Find(_app);
        if (!AspNetCoreIntegration && functions.Of(FunctionTrigger.Http).Any())
            throw new LocalHostException(
                $"{_app.GetName().Name} has HTTP functions: call builder.ConfigureFunctionsWebApplication() before Build().");

        var hostJson = HostJson.Read(HostJsonPath(), Web.Configuration, _options.HubName);
        var keys = HostKeys.Of(_options, Web.Configuration);
        var url = ListenUrl.Choose(_options with { RequiredKey = keys.All }, Web.Configuration);
        // A request is taken up when it arrives, not behind the activities that wait for a thread.
        Web.WebHost.UseKestrelCore().UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true).UseUrls(url.ToString());
        if (AspNetCoreIntegration) Web.Services.AddMvcCore();
        Web.Services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        if (!_options.ConsoleLogging) Web.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, EmbeddedLifetime>());

        var parts = new HostParts(_options, functions, hostJson, url, keys, Middleware);
        Web.Services.AddSingleton(parts);
        Web.Services.AddSingleton<EngineService>();
        Web.Services.AddHostedService(services => services.GetRequiredService<EngineService>());
        var web = Web.Build();
        HostPipeline.Map(web, parts);
        return new AppHost(web, url);
    }

    private string? HostJsonPath()
    {
        var path = _options.HostJsonPath ?? Path.Combine(_folder, "host.json");
        if (File.Exists(path)) return path;
        return _options.HostJsonPath is null
            ? null : throw new LocalHostException($"There is no {path}.");
    }

    /// <summary>An embedded host is stopped by the program it lives in, not by signals.</summary>
    private sealed class EmbeddedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
