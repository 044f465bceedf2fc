namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>The entry point of a functions app.</summary>
public class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) =>
        new(args, ArenaBench.LocalRuntime.Hosting.LocalHostOptions.ForProgram());
}
