using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ArenaBench.Signatures;

/// <summary>The facts of one type, gathered from all its parts.</summary>
internal static class TypeFacts
{
    public static IEnumerable<string> Of(IReadOnlyList<MemberDeclarationSyntax> parts, Known known)
    {
        yield return "kind: " + Kind(parts, known);
        foreach (var usage in parts.SelectMany(p => p.AttributeLists).SelectMany(l => l.Attributes)
                     .Where(a => a.Name.ToString() is "AttributeUsage" or "AttributeUsageAttribute"))
            yield return "usage: " + Usage(usage);

        foreach (var part in parts)
        {
            if (part is DelegateDeclarationSyntax d)
            {
                yield return $"delegate: {TypeText.Of(d.ReturnType, known)} {TypeText.Parameters(d.ParameterList, known)}"
                    + TypeText.Constraints(d.ConstraintClauses, known);
                continue;
            }

            var type = (BaseTypeDeclarationSyntax)part;
            foreach (var parent in type is EnumDeclarationSyntax ? [] : type.BaseList?.Types ?? [])
                yield return "inherits: " + TypeText.Of(parent.Type, known);
            foreach (var member in type is EnumDeclarationSyntax e
                ? EnumMembers(e)
                : MemberFacts.Of((TypeDeclarationSyntax)type, known))
                yield return member;
        }
    }

    private static string Kind(IReadOnlyList<MemberDeclarationSyntax> parts, Known known)
    {
        var modifiers = parts.SelectMany(p => p.Modifiers).Select(m => m.ValueText)
            .Where(m => m is "abstract" or "sealed" or "static").Distinct().Order(StringComparer.Ordinal);
        var keyword = parts[0] switch
        {
            RecordDeclarationSyntax r => r.IsKind(SyntaxKind.RecordStructDeclaration) ? "struct" : "record",
            TypeDeclarationSyntax t => t.Keyword.ValueText,
            EnumDeclarationSyntax => "enum",
            _ => "delegate",
        };
        var constraints = string.Concat(parts.OfType<TypeDeclarationSyntax>()
            .Select(t => TypeText.Constraints(t.ConstraintClauses, known)).Distinct());
        return string.Join(' ', [.. modifiers, keyword]) + constraints;
    }

    private static string Usage(AttributeSyntax usage)
    {
        var arguments = usage.ArgumentList!.Arguments;
        var targets = arguments[0].Expression.ToString()
            .Split('|', StringSplitOptions.TrimEntries)
            .Select(t => t[(t.LastIndexOf('.') + 1)..]).Order(StringComparer.Ordinal);
        var many = arguments.Any(a => a.NameEquals?.Name.ToString() == "AllowMultiple"
            && a.Expression.IsKind(SyntaxKind.TrueLiteralExpression));
        return string.Join(", ", targets) + (many ? ", many" : "");
    }

    private static IEnumerable<string> EnumMembers(EnumDeclarationSyntax type)
    {
        var known = new Dictionary<string, long>(StringComparer.Ordinal);
        var next = 0L;
        foreach (var member in type.Members)
        {
            var name = member.Identifier.ValueText;
            var written = member.EqualsValue?.Value.ToString() ?? next.ToString(CultureInfo.InvariantCulture);
            if (!known.TryGetValue(written, out var value)
                && !long.TryParse(written, NumberStyles.Integer, CultureInfo.InvariantCulture, out value))
            {
                yield return $"{name} = {written}";
                continue;
            }

            known[name] = value;
            next = value + 1;
            yield return $"{name} = {value.ToString(CultureInfo.InvariantCulture)}";
        }
    }
}
