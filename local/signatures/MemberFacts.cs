using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ArenaBench.Signatures;

/// <summary>One line for each member that another assembly can see.</summary>
internal static class MemberFacts
{
    public static IEnumerable<string> Of(TypeDeclarationSyntax type, Known known)
    {
        var open = type is InterfaceDeclarationSyntax;
        if (type.ParameterList is { } primary)
        {
            yield return "new" + TypeText.Parameters(primary, known);
            if (type is RecordDeclarationSyntax)
                foreach (var p in primary.Parameters.Where(p => !Declares(type, p.Identifier.ValueText)))
                    yield return $"{TypeText.Of(p.Type!, known)} {p.Identifier.ValueText} {{ get; init; }}";
        }
        else if (type is ClassDeclarationSyntax c && !type.Modifiers.Any(SyntaxKind.StaticKeyword)
            && !type.Modifiers.Any(SyntaxKind.PartialKeyword) && !c.Members.OfType<ConstructorDeclarationSyntax>().Any())
        {
            yield return (type.Modifiers.Any(SyntaxKind.AbstractKeyword) ? "protected " : "") + "new()";
        }
        else if (type is RecordDeclarationSyntax && !type.Members.OfType<ConstructorDeclarationSyntax>().Any())
        {
            yield return (type.Modifiers.Any(SyntaxKind.AbstractKeyword) ? "protected " : "") + "new()";
        }

        foreach (var member in type.Members)
            if (Access(member.Modifiers, open) is { } access)
                foreach (var fact in Of(member, open, known))
                    yield return access + fact;
    }

    private static IEnumerable<string> Of(MemberDeclarationSyntax member, bool open, Known known)
    {
        var how = How(member.Modifiers);
        switch (member)
        {
            case ConstructorDeclarationSyntax c when !member.Modifiers.Any(SyntaxKind.StaticKeyword):
                yield return "new" + TypeText.Parameters(c.ParameterList, known);
                break;
            case MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } m:
                yield return $"{how}{TypeText.Of(m.ReturnType, known)} {m.Identifier.ValueText}"
                    + TypeText.Generics(m.TypeParameterList) + TypeText.Parameters(m.ParameterList, known)
                    + (member.Modifiers.Any(SyntaxKind.OverrideKeyword)
                        ? "" : TypeText.Constraints(m.ConstraintClauses, known));
                break;
            case PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } p:
                yield return $"{how}{TypeText.Of(p.Type, known)} {p.Identifier.ValueText} {Accessors(p, open)}";
                break;
            case IndexerDeclarationSyntax { ExplicitInterfaceSpecifier: null } i:
                var keys = string.Join(", ", i.ParameterList.Parameters.Select(p => TypeText.Of(p.Type!, known)));
                yield return $"{how}{TypeText.Of(i.Type, known)} this[{keys}] {Accessors(i, open)}";
                break;
            case FieldDeclarationSyntax f:
                foreach (var variable in f.Declaration.Variables)
                    yield return $"{how}{TypeText.Of(f.Declaration.Type, known)} {variable.Identifier.ValueText}";
                break;
            case EventFieldDeclarationSyntax e:
                foreach (var variable in e.Declaration.Variables)
                    yield return $"{how}event {TypeText.Of(e.Declaration.Type, known)} {variable.Identifier.ValueText}";
                break;
            case OperatorDeclarationSyntax o:
                yield return $"static {TypeText.Of(o.ReturnType, known)} operator {o.OperatorToken.ValueText}"
                    + TypeText.Parameters(o.ParameterList, known);
                break;
            case ConversionOperatorDeclarationSyntax v:
                yield return $"static {v.ImplicitOrExplicitKeyword.ValueText} operator {TypeText.Of(v.Type, known)}"
                    + TypeText.Parameters(v.ParameterList, known);
                break;
        }
    }

    private static bool Declares(TypeDeclarationSyntax type, string property) =>
        type.Members.OfType<PropertyDeclarationSyntax>().Any(p => p.Identifier.ValueText == property);

    /// <summary>Null when the member cannot be seen from outside, else the text that says how.</summary>
    private static string? Access(SyntaxTokenList modifiers, bool open) =>
        modifiers.Any(SyntaxKind.PublicKeyword) ? ""
        : modifiers.Any(SyntaxKind.PrivateKeyword) ? null
        : modifiers.Any(SyntaxKind.ProtectedKeyword) ? "protected "
        : open && !modifiers.Any(SyntaxKind.InternalKeyword) ? "" : null;

    private static string How(SyntaxTokenList modifiers)
    {
        var words = modifiers.Select(m => m.ValueText)
            .Where(m => m is "static" or "abstract" or "virtual" or "override" or "sealed" or "const" or "readonly"
                or "required");
        return string.Concat(words.Order(StringComparer.Ordinal).Select(w => w + " "));
    }

    private static string Accessors(BasePropertyDeclarationSyntax property, bool open)
    {
        if (property.AccessorList is null) return "{ get; }";
        var outer = Access(property.Modifiers, open);
        var seen = property.AccessorList.Accessors
            .Select(a => (Name: a.Keyword.ValueText, Own: a.Modifiers.Count == 0 ? outer : Access(a.Modifiers, open: false)))
            .Where(a => a.Own is not null)
            .OrderBy(a => a.Name, StringComparer.Ordinal)
            .Select(a => (a.Own == outer ? "" : a.Own) + a.Name + ";");
        return "{ " + string.Join(' ', seen) + " }";
    }
}
