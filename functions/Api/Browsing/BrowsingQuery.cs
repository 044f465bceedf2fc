using System.Globalization;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Browsing;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Functions.Api;

/// <summary>What a query asks of a run's answers, checked whole: a filter that is not understood would show too much.</summary>
internal sealed class BrowsingQuery
{
    public const int DefaultSize = 50;
    public const int LargestSize = 1_000;

    /// <summary>That a filter takes, besides a page of the list.</summary>
    public static readonly IReadOnlyList<string> FilterNames = ["model", "category", "verdict", "min", "max", "status", "reason", "better", "than", "q", "regex"];
    public static readonly IReadOnlyList<string> PageNames = ["page", "size"];
    public static readonly IReadOnlyList<string> Sorts = ["change", "better", "worse", "question"];

    private readonly Dictionary<string, string> _asked;
    private readonly List<Problem> _problems = [];

    public BrowsingQuery(HttpRequest request, IReadOnlyList<string> known)
    {
        _asked = request.Query.Where(entry => entry.Key != "code" && entry.Value.ToString().Length > 0)
            .ToDictionary(entry => entry.Key, entry => entry.Value.ToString(), StringComparer.Ordinal);
        foreach (var name in _asked.Keys.Where(name => !known.Contains(name)))
            Refuse($"unknown option{Nearest.Hint(name, known)}; there are: {string.Join(", ", known)}");
    }

    public string? Asked(string name) => _asked.GetValueOrDefault(name);

    public string? OneOf(string name, IReadOnlyList<string> values)
    {
        if (Asked(name) is { } value && !values.Contains(value))
            Refuse($"{name} is \"{value}\" where one of {string.Join(", ", values)} is wanted{Nearest.Hint(value, values)}");
        return Asked(name);
    }

    public QuestionFilter Filter(FrozenRun run)
    {
        string[] models = [.. run.Spec.AnsweringModels.Select(model => model.Name)];
        OneOf("verdict", [.. QuestionFilter.Verdicts.Select(verdict => verdict.Value)]);
        OneOf("status", [.. QuestionFilter.Statuses.Select(status => status.Value)]);
        OneOf("reason", [.. Enum.GetValues<RecordStatus>().Select(status => status.Name())]);
        OneOf("category", [.. run.Questions.Select(frozen => frozen.Question.Category).Distinct(StringComparer.Ordinal)]);
        foreach (var name in new[] { "model", "better", "than" })
            OneOf(name, models);
        if (Asked("better") is null != Asked("than") is null)
            Refuse("better and than go together: better=MODEL&than=MODEL");
        foreach (var name in new[] { "min", "max" })
        {
            if (Asked(name) is { } text && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                Refuse($"{name} is \"{text}\" where a number is wanted");
        }

        OneOf("regex", ["1", "0", "true", "false"]);
        var filter = QuestionFilter.Of(Asked);
        if (filter.Search.Problem is { } problem)
            Refuse(problem);
        return filter;
    }

    /// <returns>The part of <paramref name="all"/> that is asked for; empty past its end.</returns>
    public (int Page, int Pages, int Size, IReadOnlyList<T> Part) PageOf<T>(IReadOnlyList<T> all)
    {
        var size = Number("size", DefaultSize, LargestSize);
        var page = Number("page", 1, int.MaxValue / LargestSize);
        return (page, Math.Max(1, (all.Count + size - 1) / size), size, [.. all.Skip((page - 1) * size).Take(size)]);
    }

    public void Refuse(string message) => _problems.Add(new Problem(null, null, null, message));

    /// <exception cref="ProblemException">Anything was refused.</exception>
    public void Check()
    {
        if (_problems.Count > 0)
            throw new ProblemException(_problems);
    }

    private int Number(string name, int usual, int largest)
    {
        if (Asked(name) is not { } text)
            return usual;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= largest)
            return number;
        Refuse($"{name} is \"{text}\" where a whole number from 1 to {largest} is wanted");
        return usual;
    }
}
