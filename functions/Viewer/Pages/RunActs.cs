using ArenaBench.Functions.Api;

namespace ArenaBench.Functions.Viewer;

/// <summary>What can be done with a run, by name in the address.</summary>
internal static class RunAct
{
    public const string Suspend = "suspend";
    public const string Resume = "resume";
    public const string Cancel = "cancel";
    public const string Retry = "retry";
}

/// <summary>Buttons for what can be done with a run as it is.</summary>
internal static class RunActs
{
    public static Html Write(ViewLinks links, RunDetail run, bool hasEnded) => Html.Of($"<div class='acts'>{Buttons(links, run, hasEnded)}</div>");

    private static Html Buttons(ViewLinks links, RunDetail run, bool hasEnded)
    {
        if (hasEnded)
        {
            return Html.Of($"""
                {Button(links, run.Id, RunAct.Retry, "Retry")}<span class="quiet">A new attempt: only what is not there is done, so only that is paid for.</span>
                """);
        }

        var hold = run.Status == "Suspended" ? Button(links, run.Id, RunAct.Resume, "Resume") : Button(links, run.Id, RunAct.Suspend, "Suspend");
        return Html.Of($"""
            {hold}<details><summary>Cancel…</summary><p>The run ends for good. Calls in flight end, and what they bring is kept.</p>{Button(links, run.Id, RunAct.Cancel, "Cancel the run")}</details>
            """);
    }

    private static Html Button(ViewLinks links, string run, string act, string text) => Html.Of(
        $"<form method='post' action='{links.Do(run, act)}'><button class='{(act == RunAct.Cancel ? "danger" : "plain")}'>{text}</button></form>");
}
