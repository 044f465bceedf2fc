using System.CommandLine;
using System.Text.Json.Nodes;
using ArenaBench.Cli.Client;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Configuration;

namespace ArenaBench.Cli.Commands;

/// <summary>Starting a run: whole, or only its answers, judgments or references.</summary>
internal static class RunCommand
{
    public static IEnumerable<Command> CreateAll() =>
    [
        Create("run", null, "Starts a run, follows it to its end and shows the leaderboard."),
        Create("answer", "answer", "Only answers: what is there already is not asked again."),
        Create("judge", "judge", "Only judges: the models named, or all that have answers."),
        Create("reference", "reference", "Makes reference answers, which judges are shown, by the models named or the benchmark's ref_model."),
    ];

    private static Command Create(string name, string? what, string description)
    {
        var command = new Command(name, description);
        var spec = new RunOptions(command, what);
        var detach = new Option<bool>("--detach") { Description = "With a host: starts the run, prints its id and returns." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what the run would do, and starts nothing." };
        var json = new Option<bool>("--json") { Description = "Results as JSON on standard output." };
        command.Options.Add(detach);
        command.Options.Add(dryRun);
        command.Options.Add(json);
        var host = new HostOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var sent = await spec.ReadAsync(parsed, cancellationToken);
            await using var session = await HostSession.OpenAsync(host.Read(parsed), EmbeddedOptions.Default, cancellationToken);
            try
            {
                if (parsed.GetValue(dryRun))
                {
                    sent = sent with { IsFile = false };
                    return await PreviewAsync(session.Client, sent.Text, cancellationToken);
                }

                if (!parsed.GetValue(detach))
                    return await FollowAsync(session, sent.Text, cancellationToken, parsed.GetValue(json));
                if (session.IsEmbedded)
                    throw new ProblemException(new Problem(null, null, null, $"--detach needs a host that goes on running: give --host, or start one with: {CommandName.Current} serve"));
                Console.Out.WriteLine((await session.Client.StartRunAsync(sent.Text, cancellationToken)).Id);
                return ExitCodes.Ok;
            }
            catch (ApiException refused)
            {
                // The user knows the spec by its file, not as a body.
                throw new ApiException([.. refused.Messages.Select(sent.InUsersWords)], refused.Status);
            }
        });
        return command;
    }

    /// <summary>Starts what the spec says, follows it, shows what came of it.</summary>
    internal static async Task<int> FollowAsync(
        HostSession session, string spec, CancellationToken cancellationToken, bool json = false, string? toContinue = null)
    {
        var started = await session.Client.StartRunAsync(spec, cancellationToken);
        Terminal.Say($"Run {started.Id} started on {session.Client.Host}");
        return await FollowCommand.FollowAsync(session, started.Id, json, cancellationToken, toContinue);
    }

    private static async Task<int> PreviewAsync(ArenaClient client, string text, CancellationToken cancellationToken)
    {
        var spec = (JsonObject)YamlJson.Of(YamlReader.Parse(text, "the spec"))!;
        spec["dry_run"] = true;
        var preview = await client.PreviewRunAsync(spec.ToJsonString(), cancellationToken);
        Console.Out.WriteLine($"{preview.Benchmark}: {preview.Questions} questions");
        Console.Out.WriteLine($"models: {SafeText.Clean(string.Join(", ", preview.Models))}");
        Console.Out.WriteLine($"judges: {SafeText.Clean(preview.Judges.Count == 0 ? "none" : string.Join(", ", preview.Judges))}");
        return ExitCodes.Ok;
    }
}
