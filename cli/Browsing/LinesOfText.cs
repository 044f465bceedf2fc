using Spectre.Console.Rendering;

namespace ArenaBench.Cli.Browsing;

/// <summary>Lines that were laid out before, as they are.</summary>
internal sealed class LinesOfText(IReadOnlyList<SegmentLine> lines) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => lines.SelectMany(line => line.Append(Segment.LineBreak));
}
