namespace ArenaBench.Core.Rendering;

/// <summary>Languages that pages can colour: the only names of a fence that stay in a page.</summary>
internal static class CodeLanguages
{
    // Those of highlight.js's common set, and what people write for them.
    private static readonly string[] Names =
    [
        "bash", "sh", "zsh", "c", "h", "cpp", "cc", "c++", "hpp", "csharp", "cs", "c#", "css", "diff", "patch", "go", "golang", "graphql", "gql", "html", "xml", "svg", "xhtml",
        "ini", "toml", "java", "javascript", "js", "jsx", "mjs", "json", "jsonc", "kotlin", "kt", "less", "lua", "makefile", "mk", "markdown", "md", "objectivec",
        "objc", "perl", "pl", "php", "plaintext", "text", "txt", "python", "py", "python-repl", "pycon", "r", "ruby", "rb", "rust", "rs", "scss", "shell",
        "console", "sql", "swift", "typescript", "ts", "tsx", "vbnet", "vb", "wasm", "yaml", "yml",
    ];

    public static IEnumerable<string> Classes => Names.Select(name => "language-" + name);
}
