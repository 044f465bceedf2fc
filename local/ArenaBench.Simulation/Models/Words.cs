namespace ArenaBench.Simulation.Models;

/// <summary>The word lists that simulated texts are made of.</summary>
internal static class Words
{
    public static readonly string[] Aspects =
        ["cause", "limit", "cost", "order", "shape", "origin", "weight", "range", "colour", "tempo", "root", "measure"];

    public static readonly string[] First =
    [
        "amber", "brisk", "calm", "dense", "early", "faint", "grand", "hollow", "inner", "jagged", "keen", "level", "mild", "narrow", "open", "plain",
        "quiet", "rapid", "solid", "tidy", "upper", "vivid", "warm", "young", "zonal", "bitter", "coarse", "double", "even", "frosty", "gentle", "humble",
    ];

    public static readonly string[] Second =
    [
        "anchor", "bridge", "canal", "delta", "ember", "field", "grove", "harbor", "island", "jetty", "kiln", "ladder", "meadow", "north", "orbit", "pillar",
        "quarry", "river", "stone", "tower", "umbra", "valley", "wheel", "yard", "zenith", "basin", "cliff", "dome", "forge", "gate", "hinge", "lantern",
    ];

    /// <summary>{0} is a word of the question.</summary>
    public static readonly string[] Remarks =
    [
        "It helps to look at {0} on its own before the parts are put together.",
        "Some would begin elsewhere, but {0} decides most of what follows.",
        "None of this depends on how the task was worded.",
        "The next point follows from the one before it.",
        "A careful reader may want to check this against another source.",
        "Taken together, these points leave little room for doubt.",
        "What was said about {0} holds under ordinary conditions.",
        "An example would not add anything here.",
        "The remaining cases are alike and need no treatment of their own.",
        "It would be a mistake to treat {0} as a side issue.",
        "This is where most attempts go wrong.",
        "With that settled, the rest is a matter of order.",
    ];

    public static readonly string[] Headings = ["Overview", "Main points", "Details", "In depth", "What follows", "Summary"];

    /// <summary>Too common to say what a question is about.</summary>
    public static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "about", "after", "also", "answer", "because", "been", "before", "between", "both", "could", "does", "each", "every", "following", "from", "give",
        "given", "have", "here", "into", "just", "like", "make", "many", "more", "most", "much", "must", "need", "only", "other", "over", "please", "question",
        "same", "should", "some", "such", "than", "that", "their", "them", "then", "there", "these", "they", "this", "those", "under", "using", "very", "want",
        "what", "when", "where", "which", "while", "will", "with", "without", "would", "write", "your",
    };
}
