using System.Text;
using ArenaBench.Core.Models;
using ArenaBench.Core.Storage;

namespace ArenaBench.Testing;

/// <summary>What can be wrong in a run request, the place that is named for it, and what is said with what to do. The HTTP API and the
/// command line are held to the same rows. For <see cref="SmallBenchmark"/> with four questions.</summary>
public static class BadRunRequests
{
    /// <summary>What a place in the request begins with.</summary>
    public const string Body = "the request body";

    public static IReadOnlyList<(string Body, string Place, string Said)> Rows { get; } =
    [
        ("benchmark: smal\nmodels: [sim-good]\n", $"{Body}:1:12", "benchmark is \"smal\"; did you mean small?; there are: "),
        ("benchmark: small\nmodels: [sim-good, sim-god]\n", $"{Body}:2:20", "models names sim-god, which config/endpoints.yaml does not have; did you mean sim-good?"),
        ("benchmark: small\nmodels: [sim-good]\njudges:\n- sim-juge\n", $"{Body}:4:3", "judges names sim-juge, which config/endpoints.yaml does not have; did you mean sim-judge?"),
        ("benchmark: small\nmodels: [sim-good]\nmodel: x\n", $"{Body}:3:1", "unknown key model; did you mean models?"),
        ("benchmark: small\nmodels: []\n", $"{Body}:2:1", "models is empty; name at least one, or leave the key out"),
        ("benchmark: small\nmodels: [sim-good]\nbaseline: x\njudges: [sim-good, sim-good]\n", $"{Body}:4:1", "judges names sim-good 2 times"),
        ("models: [sim-good]\n", $"{Body}:1:1", "the file has no benchmark"),
        ("benchmark: small\nwhat: judge\n", Body, "models is absent and no model has answers to small; name models, or answer first"),
        ("benchmark: small\nmodels: [sim-good]\nquestions: {begin: 3, end: 3}\n", $"{Body}:3:23", "questions.end is 3, not after questions.begin, which is 3: that selects no question"),
        ("benchmark: small\nmodels: [sim-good]\nquestions: {categories: [even, ev]}\n", $"{Body}:3:32", "questions.categories names ev; did you mean even?; small has: even, odd"),
        ("benchmark: small\nmodels: [sim-good]\nquestions: {ids: [q9]}\n", $"{Body}:3:19", "questions.ids names q9, which small does not have"),
        ("benchmark: small\nmodels: [sim-good]\nquestions: {begin: 100}\n", $"{Body}:3:12", "questions selects none of the 4 questions of small"),
        ("benchmark: small\nmodels: [sim-good]\nparallel: -1\n", $"{Body}:3:11", "parallel is \"-1\" where a whole number from 1 to 10000 is wanted"),
        ("benchmark: small\nmodels: [sim-good]\nmax_tokens: -5\n", $"{Body}:3:13", "max_tokens is \"-5\" where a whole number of at least 1 is wanted"),
        ("benchmark: small\nmodels: [sim-good\n", $"{Body}:3:1", "is not YAML or JSON: "),
        ("{\"benchmark\": \"small\", \"models\": [", $"{Body}:2:1", "is not YAML or JSON: "),
        ("benchmark: small\nmodels: [sim-good, keyless]\n", "config/endpoints.yaml:36:1", "keyless: the environment variable ARENABENCH_TEST_NOT_SET, which holds its key, is not set"),
        ("benchmark: small\nmodels: [sim-good, offline]\n", $"{Body}:2:20", "offline: nothing listens at 127.0.0.1:1; is the server started?"),
        ("benchmark: small\nmodels: [sim-good]\napi_key: sk-1\n", $"{Body}:3:1", "a request must not hold a key; name the key's environment variable in the endpoints file"),
        ("", Body, "is empty; a run request as YAML or JSON, at least benchmark: NAME, is wanted"),
        (Aliases(), $"{Body}:5:17", "holds more than 50000 values, aliases counted with what they stand for"),
        ("benchmark: " + new string('[', 5000), $"{Body}:1:27", "is nested deeper than 16 levels"),
    ];

    /// <summary>Too much to be read: 413.</summary>
    public static string TooLarge { get; } = "benchmark: small #" + new string('x', 1 << 20);

    /// <summary>Adds a model without its key and one that nobody serves.</summary>
    public static async Task SetUpAsync(ArenaContainer store, Uri endpoint, CancellationToken cancellationToken)
    {
        await SmallBenchmark.SetUpAsync(store, endpoint, questions: 4, parallel: 2, cancellationToken);
        const string Path = EndpointsCatalog.Folder + EndpointsCatalog.DefaultFile;
        var endpoints = (await store.Files.ReadAsync(Path, cancellationToken))!.Content
            + $"keyless: {{endpoints: [{{api_base: '{endpoint}', api_key: '${{ARENABENCH_TEST_NOT_SET}}'}}]}}\n"
            + "offline: {endpoints: [{api_base: 'http://127.0.0.1:1/v1'}]}\n";
        await store.Files.WriteAsync(Path, BinaryData.FromString(endpoints), null, cancellationToken);
    }

    /// <summary>Ten to the tenth values in a few lines.</summary>
    private static string Aliases()
    {
        var text = new StringBuilder("a: &a [1,1,1,1,1,1,1,1,1,1]\n");
        for (var name = 'b'; name < 'k'; name++)
            text.Append($"{name}: &{name} [{string.Join(',', Enumerable.Repeat("*" + (char)(name - 1), 10))}]\n");
        return text.ToString();
    }
}
