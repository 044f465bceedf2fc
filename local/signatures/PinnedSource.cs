namespace ArenaBench.Signatures;

/// <summary>The sources of published packages at one version, as they lie in a checkout of their repository.</summary>
/// <param name="Name">The same name at several tags: only what all of these versions say is kept.</param>
/// <param name="Repository">At github.com.</param>
/// <param name="Tag">A tag, or a commit where no tag fits.</param>
/// <param name="Folders">Below the checkout.</param>
internal sealed record PinnedSource(string Name, string Repository, string Tag, params string[] Folders)
{
    /// <summary>Those that functions/ is written against. The extension in use may bring along any version between the two of a pair.</summary>
    public static IReadOnlyList<PinnedSource> All { get; } =
    [
        new("worker", "Azure/azure-functions-dotnet-worker", "2.52.0", "src/DotNetWorker", "src/DotNetWorker.Core"),
        new("worker-extensions", "Azure/azure-functions-dotnet-worker", "http-aspnetcore-extension-2.1.1",
            "extensions/Worker.Extensions.Abstractions", "extensions/Worker.Extensions.Http", "extensions/Worker.Extensions.Http.AspNetCore"),
        new("durabletask", "microsoft/durabletask-dotnet", "v1.22.0", "src/Abstractions", "src/Client/Core"),
        new("durabletask", "microsoft/durabletask-dotnet", "v1.25.0", "src/Abstractions", "src/Client/Core"),
        // Attributes and the client's HTTP helper; its tags end before 1.16.5.
        new("durable-worker-extension", "Azure/azure-functions-durable-extension", "a7c6d6944041b48267ed8409bb8ec8144ab9bab9", "src/Worker.Extensions.DurableTask"),
        new("durabletask-core", "Azure/durabletask", "durabletask.core-v3.7.1", "src/DurableTask.Core"),
        new("durabletask-core", "Azure/durabletask", "durabletask.core-v3.9.0", "src/DurableTask.Core"),
    ];

    public static IReadOnlySet<string> Namespaces { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "Microsoft.Azure.Functions.Worker", "Microsoft.Azure.Functions.Worker.Builder", "Microsoft.Azure.Functions.Worker.Middleware",
        "Microsoft.Azure.Functions.Worker.Extensions.Abstractions", "Microsoft.Azure.Functions.Worker.Http", "Microsoft.Extensions.Hosting",
        "Microsoft.DurableTask", "Microsoft.DurableTask.Client", "DurableTask.Core.Exceptions",
    };

    /// <summary>The checkout's folder.</summary>
    public string Checkout => $"{Repository[(Repository.IndexOf('/', StringComparison.Ordinal) + 1)..]}-{Tag}";

    public bool IsIn(string folder) => Folders.All(part => Directory.Exists(Path.Combine(folder, Checkout, part)));

    public IEnumerable<string> Texts(string folder) => Folders
        .SelectMany(part => Directory.EnumerateFiles(Path.Combine(folder, Checkout, part), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
        .Select(File.ReadAllText);

    /// <summary>Works for a tag and a commit alike.</summary>
    public string HowToGetIt =>
        $"git init -q {Checkout} && git -C {Checkout} fetch -q --depth 1 https://github.com/{Repository} {Tag} && git -C {Checkout} checkout -q FETCH_HEAD";
}
