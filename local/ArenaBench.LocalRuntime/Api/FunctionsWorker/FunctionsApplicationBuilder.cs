using ArenaBench.LocalRuntime.Hosting;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Gathers configuration, services and middleware of a functions app, then builds its host.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly LocalHostBuilder _inner;

    internal FunctionsApplicationBuilder(string[]? args, LocalHostOptions options) =>
        _inner = new LocalHostBuilder(args, options);

    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_inner.Web).Properties;

    public ConfigurationManager Configuration => _inner.Web.Configuration;

    public IHostEnvironment Environment => _inner.Web.Environment;

    public ILoggingBuilder Logging => _inner.Web.Logging;

    public IMetricsBuilder Metrics => _inner.Web.Metrics;

    public IServiceCollection Services => _inner.Web.Services;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    internal LocalHostBuilder Inner => _inner;

    /// <summary>Finds the app's functions, checks them, and builds the host that serves them.</summary>
    public IHost Build() => _inner.Build();

    public void ConfigureContainer<TContainerBuilder>(
        IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull =>
        ((IHostApplicationBuilder)_inner.Web).ConfigureContainer(factory, configure);

    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        _inner.Middleware.Add(middleware);
        return this;
    }
}

public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Lets HTTP functions work with ASP.NET Core's requests and results.</summary>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        builder.Inner.AspNetCoreIntegration = true;
        return builder;
    }
}
