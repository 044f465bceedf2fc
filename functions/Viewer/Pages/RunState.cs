namespace ArenaBench.Functions.Viewer;

/// <summary>A run's status for people.</summary>
internal static class RunState
{
    /// <summary>Without script, where the whole page is loaded.</summary>
    public const int RefreshSeconds = 5;

    private const int FollowSeconds = 2;

    public static bool IsGoing(string status) => status is "Running" or "Pending";

    public static Html Badge(string status) => status switch
    {
        "Completed" => Html.Of($"<span class='badge good'>✓ Completed</span>"),
        "Failed" => Html.Of($"<span class='badge bad'>✗ Failed</span>"),
        "Terminated" => Html.Of($"<span class='badge bad'>■ Cancelled</span>"),
        "Suspended" => Html.Of($"<span class='badge warn'>⏸ Suspended</span>"),
        _ => Html.Of($"<span class='badge live'>● {status}</span>"),
    };

    /// <summary>Attributes of the part of a page that is asked for again while something goes.</summary>
    public static Html Following(string address, bool going, string part) => going
        ? Html.Of($" hx-get='{address}' hx-trigger='every {FollowSeconds}s' hx-select='{part}' hx-target='this' hx-swap='morph' hx-ext='morph'")
        : Html.Empty;

    public static Html Refreshing(bool going) => going ? Html.Of($"<p class='quiet'>This page follows the run by itself.</p>") : Html.Empty;

    public static Html Failures(IReadOnlyDictionary<string, int> failures) => Html.Each(
        failures.Where(failure => failure.Value > 0).OrderBy(failure => failure.Key, StringComparer.Ordinal),
        failure => Html.Of($"<span class='chip bad'>{Words.Of(failure.Key)} {Words.Count(failure.Value)}</span> "));
}
