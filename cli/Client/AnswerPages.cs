using System.Globalization;
using ArenaBench.Functions.Api;

namespace ArenaBench.Cli.Client;

/// <summary>The filtered list of a run's answers, read from the host in pages as far as it is looked at.</summary>
internal sealed class AnswerPages
{
    private const int Size = 500;

    private readonly ArenaClient _client;
    private readonly string _run;
    private readonly IReadOnlyList<(string Name, string Value)> _filter;
    private readonly SortedDictionary<int, AnswerList> _pages = [];

    private AnswerPages(ArenaClient client, string run, IReadOnlyList<(string Name, string Value)> filter)
    {
        _client = client;
        _run = run;
        _filter = filter;
    }

    /// <summary>Answers that fit the filter.</summary>
    public int Total => _pages[1].Total;

    /// <summary>Answers of the run.</summary>
    public int Of => _pages[1].Of;

    /// <exception cref="ApiException">The host refuses the filter, or there is no such run.</exception>
    public static async Task<AnswerPages> OpenAsync(
        ArenaClient client, string run, IReadOnlyList<(string Name, string Value)> filter, CancellationToken cancellationToken)
    {
        var pages = new AnswerPages(client, run, filter);
        await pages.PageAsync(1, cancellationToken);
        return pages;
    }

    /// <returns>Fewer where the list ends, or has become shorter since.</returns>
    public async Task<IReadOnlyList<ListedAnswer>> RangeAsync(int first, int count, CancellationToken cancellationToken)
    {
        var range = new List<ListedAnswer>();
        for (var page = first / Size + 1; page <= (Math.Min(first + count, Total) + Size - 1) / Size; page++)
        {
            var start = (page - 1) * Size;
            range.AddRange((await PageAsync(page, cancellationToken)).Answers.Skip(first - start).Take(first + count - Math.Max(start, first)));
        }

        return range;
    }

    /// <returns>Where in the list an answer stands; null when the filter leaves it out.</returns>
    public async Task<int?> FindAsync(AnswerPlace place, CancellationToken cancellationToken)
    {
        var pages = _pages[1].Pages;
        // Pages that are here first: mostly it is in one of them.
        foreach (var number in _pages.Keys.Concat(Enumerable.Range(1, pages).Except(_pages.Keys)).ToArray())
        {
            var found = (await PageAsync(number, cancellationToken)).Answers.Index()
                .FirstOrDefault(entry => entry.Item.Question == place.Question && entry.Item.Model == place.Model, (-1, null!)).Index;
            if (found >= 0)
                return (number - 1) * Size + found;
        }

        return null;
    }

    /// <summary>The whole list as one page.</summary>
    public async Task<AnswerList> AllAsync(CancellationToken cancellationToken)
    {
        var answers = await RangeAsync(0, Total, cancellationToken);
        return _pages[1] with { Pages = 1, Size = answers.Count, Answers = answers };
    }

    private async Task<AnswerList> PageAsync(int number, CancellationToken cancellationToken)
    {
        if (!_pages.TryGetValue(number, out var page))
            _pages[number] = page = await _client.GetAnswersAsync(_run, [.. _filter, ("page", Word(number)), ("size", Word(Size))], cancellationToken);
        return page;
    }

    private static string Word(int number) => number.ToString(CultureInfo.InvariantCulture);
}
