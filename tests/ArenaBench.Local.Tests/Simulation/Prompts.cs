namespace ArenaBench.Local.Tests.Simulation;

/// <summary>Judge prompts in the forms that benchmarks use.</summary>
internal static class Prompts
{
    public const string RateSystem = "Rate the response on a scale of 1 to 10 in this format: \"[[rating]]\".";

    public const string CompareSystem = "Output one of [[A>>B]], [[A>B]], [[A=B]], [[B>A]], [[B>>A]].";

    /// <summary>Placeholders: {Q}, {A}, {R}.</summary>
    public static readonly string[] Single =
    [
        "[Question]\n{Q}\n\n[The Start of Reference Answer]\n{R}\n[The End of Reference Answer]\n\n[The Start of Assistant's Answer]\n{A}\n[The End of Assistant's Answer]",
        "<|Start of the Question|>\n{Q}\n<|End of the Question|>\n\n<|Start of Assistant's Answer|>\n{A}\n<|End of Assistant's Answer|>",
        "<|The Start of Reference Answer|>\n\n### User:\n{Q}\n\n### Reference answer:\n{R}\n\n<|The End of Reference Answer|>\n\n\n<|The Start of Assistant A's Conversation with User|>\n\n### User:\n{Q}\n\n### Assistant A:\n{A}\n\n<|The End of Assistant A's Conversation with User|>",
        "### Question\n{Q}\n\n### Response\n{A}",
        "<question>\n{Q}\n</question>\n<answer>\n{A}\n</answer>",
    ];

    /// <summary>Placeholders: {Q}, {A}, {B}.</summary>
    public static readonly string[] Pair =
    [
        "<|User Prompt|>\n{Q}\n\n<|The Start of Assistant A's Answer|>\n{A}\n<|The End of Assistant A's Answer|>\n\n<|The Start of Assistant B's Answer|>\n{B}\n<|The End of Assistant B's Answer|>",
        "<|Start of the Question|>\n{Q}\n<|End of the Question|>\n\n<|Start of Reference Answer|>\nUnknown.\n<|End of Reference Answer|>\n\n<|Start of Assistant A's Answer|>\n{A}\n<|End of Assistant A's Answer|>\n\n<|Start of Assistant B's Answer|>\n{B}\n<|End of Assistant B's Answer|>",
        "[User Question]\n{Q}\n\n[The Start of Assistant A's Answer]\n{A}\n[The End of Assistant A's Answer]\n\n[The Start of Assistant B's Answer]\n{B}\n[The End of Assistant B's Answer]",
        "<|The Start of Assistant A's Conversation with User|>\n\n### User:\n{Q}\n\n### Assistant A:\n{A}\n\n<|The End of Assistant A's Conversation with User|>\n\n\n<|The Start of Assistant B's Conversation with User|>\n\n### User:\n{Q}\n\n### Assistant B:\n{B}\n\n<|The End of Assistant B's Conversation with User|>",
        "Question: {Q}\n\n### Answer A\n{A}\n\n### Answer B\n{B}",
        "{Q}\n\n**Response 1:**\n{A}\n\n**Response 2:**\n{B}",
    ];

    public static string Rate(string question, string answer, int template = 0) =>
        Single[template].Replace("{Q}", question).Replace("{R}", "Nobody knows.").Replace("{A}", answer);

    public static string Compare(string question, string first, string second, int template = 0) =>
        Pair[template].Replace("{Q}", question).Replace("{A}", first).Replace("{B}", second);

    public static string Question(int number)
    {
        string[] things = ["bridge", "compiler", "harvest", "telescope", "sonnet", "ledger", "vaccine", "turbine", "orchestra", "glacier", "parser", "treaty"];
        string[] tasks = ["Explain how to improve", "Plan the maintenance of", "Prove a property about", "Describe the history behind", "Estimate the price for"];
        return $"{tasks[number % 5]} a {things[number % 12]} near a {things[(number * 5 + 3) % 12]}, variant {number}, considering budget{number} and season{number * 7 % 13}.";
    }
}
