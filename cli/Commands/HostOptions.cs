using System.CommandLine;
using ArenaBench.Cli.Hosting;

namespace ArenaBench.Cli.Commands;

/// <summary>Options of every command that works with a host.</summary>
internal sealed class HostOptions
{
    private readonly Option<string?> _host = new("--host") { Description = "URL of a running host, such as https://my-app.azurewebsites.net. Without it, a host is started here." };
    private readonly Option<string?> _key = new("--key") { Description = "The host's function key; the environment variable ARENABENCH_KEY is read without it." };
    private readonly Option<string> _state = new("--state") { Description = "Folder for local storage and state.", DefaultValueFactory = _ => HostChoice.DefaultState };

    public HostOptions(Command command)
    {
        command.Options.Add(_host);
        command.Options.Add(_key);
        command.Options.Add(_state);
    }

    public HostChoice Read(ParseResult parsed) => new(
        parsed.GetValue(_host) ?? Environment.GetEnvironmentVariable("ARENABENCH_URL"),
        parsed.GetValue(_key) ?? Environment.GetEnvironmentVariable("ARENABENCH_KEY"),
        parsed.GetValue(_state)!);
}
