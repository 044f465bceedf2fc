using System.CommandLine;
using System.Text.Json;
using ArenaBench.Cli.Client;
using ArenaBench.Cli.Hosting;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Records;

namespace ArenaBench.Cli.Commands;

/// <summary>Starting a run: whole, or only its answers, judgments or references.</summary>
internal static class RunCommand
{
    public static IEnumerable<Command> CreateAll() =>
    [
        Create("run", null, "Starts a run, follows it to its end and shows the leaderboard."),
        Create("answer", "answer", "Only answers: what is there already is not asked again."),
        Create("judge", "judge", "Only judges: the models named, or all that have answers."),
        Create("estimate", null, "What a run would cost: calls, tokens and dollars, each with an interval. Nothing is started.", only: "estimate"),
        Create("explain", null, "What of a run is there already, and why the rest would be made. Nothing is started.", only: "explain"),
        Create("reference", "reference", "Makes reference answers, which judges are shown, by the models named or the benchmark's ref_model."),
    ];

    private static Command Create(string name, string? what, string description, string? only = null)
    {
        var command = new Command(name, description);
        var spec = new RunOptions(command, what);
        var detach = new Option<bool>("--detach") { Description = "With a host: starts the run, prints its id and returns." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Says what the run would do and cost, and starts nothing; the same as: arena estimate." };
        var json = new Option<bool>("--json") { Description = "Results as JSON on standard output." };
        if (only is null)
        {
            command.Options.Add(detach);
            command.Options.Add(dryRun);
        }

        command.Options.Add(json);
        var host = new HostOptions(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var stored = spec.StoredManifest(parsed);
            var sent = stored is null ? await spec.ReadAsync(parsed, cancellationToken) : new RunSpecText("", "", IsFile: false);
            await using var session = await HostSession.OpenAsync(host.Read(parsed), EmbeddedOptions.Default, cancellationToken);
            if (stored is not null)
                sent = spec.Merge(parsed, await session.Client.GetManifestAsync(stored, cancellationToken));
            try
            {
                if (only == "explain")
                    return await ExplainAsync(session.Client, sent.Text, parsed.GetValue(json), cancellationToken);
                if (only == "estimate" || parsed.GetValue(dryRun))
                {
                    sent = sent with { IsFile = false };
                    return await PreviewAsync(session.Client, sent.Text, parsed.GetValue(json), cancellationToken);
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

    private static async Task<int> ExplainAsync(ArenaClient client, string text, bool json, CancellationToken cancellationToken)
    {
        var report = await client.ExplainRunAsync(text, cancellationToken);
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(report, JsonFiles.Indented));
        else
            ReuseTable.Write(Terminal.Out, report);
        return ExitCodes.Ok;
    }

    private static async Task<int> PreviewAsync(ArenaClient client, string text, bool json, CancellationToken cancellationToken)
    {
        var spec = SpecText.Parse(text, "the spec");
        spec["dry_run"] = true;
        var preview = await client.PreviewRunAsync(spec.ToJsonString(), cancellationToken);
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(preview, JsonFiles.Indented));
        else
            EstimateTable.Write(Terminal.Out, preview);
        return ExitCodes.Ok;
    }
}
