using System.Xml.Linq;
using ArenaBench.Testing;

namespace ArenaBench.Cli.Tests;

public sealed class ChartTests : IDisposable
{
    private readonly TempFolder _folder = new("arena chart");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Show_ChartAsSvg_HasABarAndANameForEachModelBestFirst()
    {
        WriteBench();

        var shown = await Arena.RunAsync("show", "--data", _folder.File("bench"), "--chart", _folder.File("scores.svg"));

        Assert.True(shown.Code == ExitCodes.Ok, shown.Error);
        var texts = XDocument.Load(_folder.File("scores.svg")).Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value.Trim()).ToList();
        Assert.Contains("bench", texts);
        Assert.Contains("mean rating", texts);
        Assert.Contains("9.00", texts);
        Assert.Contains("2.00", texts);
        Assert.Equal(["<b>good & so", "weak"], texts.Where(text => text is "<b>good & so" or "weak"));
    }

    [Fact]
    public async Task Show_ChartAsPng_IsAPicture()
    {
        WriteBench();

        var shown = await Arena.RunAsync("show", "--data", _folder.File("bench"), "--chart", _folder.File("scores.PNG"));

        Assert.True(shown.Code == ExitCodes.Ok, shown.Error);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await File.ReadAllBytesAsync(_folder.File("scores.PNG"), Cancelled))[..4]);
    }

    [Fact]
    public async Task Show_ChartOfAnotherKind_IsRefusedBeforeAnythingIsRead()
    {
        var shown = await Arena.RunAsync("show", "--data", "no such folder", "--chart", "scores.pdf");

        Assert.Equal(ExitCodes.BadInput, shown.Code);
        Assert.Contains("--chart is \"scores.pdf\" where a file name that ends in .svg or .png is wanted", shown.Said, StringComparison.Ordinal);
        Assert.Empty(shown.Out);
    }

    public void Dispose() => _folder.Dispose();

    private void WriteBench()
    {
        Directory.CreateDirectory(_folder.File("bench", "model_judgment"));
        File.WriteAllText(_folder.File("bench", "question.jsonl"), """{"question_id":"q1","category":"a","turns":["What?"]}""" + "\n");
        foreach (var (model, score) in new[] { ("weak", 2), ("<b>good & so", 9) })
        {
            File.WriteAllText(
                _folder.File("bench", "model_judgment", $"m{score}.jsonl"),
                $$"""{"question_id":"q1","model":"{{model}}","user_prompt":"p","judgment":"[[{{score}}]]","score":{{score}}}""" + "\n");
        }
    }
}
