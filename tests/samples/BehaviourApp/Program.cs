using BehaviourApp;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
AppSetup.Configure(builder);
builder.Build().Run();
