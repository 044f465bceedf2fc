using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BehaviourApp;

public static class AppSetup
{
    public static void Configure(FunctionsApplicationBuilder builder)
    {
        builder.ConfigureFunctionsWebApplication();
        builder.UseMiddleware<MarkingMiddleware>();
        builder.Services.AddSingleton<Calls>();
    }
}
