using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <param name="IsText">May be broken into lines; a number never is.</param>
/// <param name="IsKey">Says whose row it is: stands again in each part of a table that had to be divided.</param>
internal sealed record FittedColumn(string Name, bool IsText = false, bool IsKey = false)
{
    public static FittedColumn Key(string name) => new(name, IsText: true, IsKey: true);

    public static FittedColumn Text(string name) => new(name, IsText: true);
}

/// <summary>
/// A table as wide as the terminal allows: with lines around it where they fit, else without, else divided into several with the key
/// in each. Cells are plain text, from whomever: they are made safe here.
/// </summary>
internal static class FittedTable
{
    /// <summary>Texts get at least so many cells, where the table keeps its lines and where it does not.</summary>
    private const int Comfortable = 24;
    private const int Least = 12;

    public static void Write(IAnsiConsole console, IReadOnlyList<FittedColumn> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        string[][] cells = [.. rows.Select(row => row.Select(SafeText.Line).ToArray())];
        Measured[] measured = [.. columns.Select((column, index) => Measured.Of(column with { Name = SafeText.Line(column.Name) }, index, cells))];
        var width = console.Profile.Width;
        if (Framed(measured, Comfortable) <= width)
            console.Write(Build(measured, cells, isFramed: true, Comfortable, width - Framed(measured, Comfortable)));
        else
        {
            foreach (var part in Divide(measured, width))
                console.Write(Build(part, cells, isFramed: false, Least, width - Bare(part, Least)));
        }
    }

    private static int Framed(IReadOnlyCollection<Measured> columns, int least) => columns.Sum(column => column.Needed(least, isFramed: true)) + 3 * columns.Count + 1;

    private static int Bare(IReadOnlyCollection<Measured> columns, int least) => columns.Sum(column => column.Needed(least, isFramed: false)) + 2 * columns.Count + 1;

    private static IEnumerable<IReadOnlyList<Measured>> Divide(Measured[] columns, int width)
    {
        Measured[] keys = [.. columns.Where(column => column.Column.IsKey)];
        List<Measured> part = [.. keys];
        foreach (var column in columns.Where(column => !column.Column.IsKey))
        {
            if (part.Count > keys.Length && Bare([.. part, column], Least) > width)
            {
                yield return part;
                part = [.. keys];
            }

            part.Add(column);
        }

        yield return part;
    }

    /// <param name="free">Cells that no column needs: they go to the longest texts.</param>
    private static Table Build(IReadOnlyList<Measured> columns, string[][] cells, bool isFramed, int least, int free)
    {
        int[] widths = [.. columns.Select(column => column.Needed(least, isFramed))];
        // To the one that would be broken into most lines.
        for (; free > 0; free--)
        {
            var most = Enumerable.Range(0, widths.Length).MaxBy(index => (double)columns[index].Natural / widths[index]);
            if (widths[most] >= columns[most].Natural)
                break;
            widths[most]++;
        }

        var table = new Table().Border(isFramed ? TableBorder.Rounded : TableBorder.Simple);
        for (var index = 0; index < columns.Count; index++)
        {
            var column = new TableColumn(new Text(columns[index].Column.Name)).Width(widths[index]);
            if (!isFramed)
                column.Padding(0, 0, 1, 0);
            table.AddColumn(columns[index].Column.IsText ? column : column.RightAligned());
        }

        foreach (var row in cells)
            table.AddRow(columns.Select((column, index) => new Text(string.Join('\n', Cells.Wrap(row[column.Index], widths[index])))));
        return table;
    }

    /// <param name="Word">The longest of the heading.</param>
    /// <param name="Widest">Of the cells.</param>
    private sealed record Measured(FittedColumn Column, int Index, int Word, int Widest)
    {
        /// <summary>With nothing broken.</summary>
        public int Natural => Math.Max(Column.Name.GetCellWidth(), Widest);

        public static Measured Of(FittedColumn column, int index, string[][] rows) => new(
            column, index, column.Name.Split(' ').Max(word => word.GetCellWidth()), rows.Select(row => row[index].GetCellWidth()).DefaultIfEmpty().Max());

        /// <summary>A heading is broken between its words where the table has no lines.</summary>
        public int Needed(int least, bool isFramed) => Column.IsText ? Math.Min(Natural, least) : isFramed ? Natural : Math.Max(Word, Widest);
    }
}
