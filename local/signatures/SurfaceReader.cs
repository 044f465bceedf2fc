using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ArenaBench.Signatures;

/// <summary>Reads the public surface of C# sources by syntax alone: nothing is compiled.</summary>
public static class SurfaceReader
{
    private static readonly CSharpParseOptions Options = new(
        LanguageVersion.Preview, DocumentationMode.None, SourceCodeKind.Regular,
        ["NET", "NETCOREAPP", "NET5_0_OR_GREATER", "NET6_0_OR_GREATER", "NET7_0_OR_GREATER", "NET8_0_OR_GREATER"]);

    /// <summary>Every public type with its facts; the parts of a partial type are put together.</summary>
    public static Surface Read(IEnumerable<string> sources)
    {
        var types = sources
            .Select(text => CSharpSyntaxTree.ParseText(text, Options).GetRoot())
            .SelectMany(root => root.DescendantNodes().OfType<MemberDeclarationSyntax>())
            .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
            .ToList();

        var known = new Known(types);
        var surface = new Surface();
        foreach (var group in types.GroupBy(FullName))
            if (group.Any(IsVisible) && group.All(t => ParentsVisible(t, types)))
                surface.Add(group.Key, TypeFacts.Of([.. group], known));
        return surface;
    }

    private static bool IsVisible(MemberDeclarationSyntax type) =>
        type.Modifiers.Any(SyntaxKind.PublicKeyword)
        || (type.Parent is InterfaceDeclarationSyntax && !type.Modifiers.Any(SyntaxKind.PrivateKeyword))
        || (type.Parent is TypeDeclarationSyntax && type.Modifiers.Any(SyntaxKind.ProtectedKeyword)
            && !type.Modifiers.Any(SyntaxKind.PrivateKeyword));

    private static bool ParentsVisible(MemberDeclarationSyntax type, List<MemberDeclarationSyntax> all) =>
        type.Ancestors().OfType<TypeDeclarationSyntax>()
            .All(parent => all.Any(t => FullName(t) == FullName(parent) && IsVisible(t)));

    private static string FullName(MemberDeclarationSyntax type)
    {
        var parts = type.AncestorsAndSelf().Select(node => node switch
        {
            BaseNamespaceDeclarationSyntax n => n.Name.ToString(),
            TypeDeclarationSyntax t => t.Identifier.ValueText + TypeText.Generics(t.TypeParameterList),
            EnumDeclarationSyntax e => e.Identifier.ValueText,
            DelegateDeclarationSyntax d => d.Identifier.ValueText + TypeText.Generics(d.TypeParameterList),
            _ => null,
        });
        return string.Join('.', parts.OfType<string>().Reverse());
    }
}
