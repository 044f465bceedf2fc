using ArenaBench.Functions.Requests;
using ArenaBench.Functions.Settings;
using ArenaBench.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ArenaBench.Functions;

/// <summary>The whole app on a host's builder: what Program does, and what embeds the app does too.</summary>
public static class ArenaBenchApp
{
    /// <exception cref="Core.Configuration.ProblemException">Settings are wrong; every one is named.</exception>
    public static FunctionsApplicationBuilder AddArenaBench(this FunctionsApplicationBuilder builder)
    {
        SettingsCheck.Run(builder.Configuration);
        builder.ConfigureFunctionsWebApplication();
        // The web server logs whole addresses, and a key may stand in one; clients log every request.
        foreach (var category in new[] { "Microsoft.AspNetCore", "System.Net.Http", "Azure.Core" })
            builder.Logging.AddFilter(category, LogLevel.Warning);
        builder.UseMiddleware<RequestGuard>();
        builder.Services.AddArenaBench(builder.Configuration);
        builder.Services.AddArenaBenchTelemetry(builder.Configuration);
        return builder;
    }
}
