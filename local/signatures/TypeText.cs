using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ArenaBench.Signatures;

/// <summary>Writes types, parameters and constraints as they stand in source, without namespaces and
/// without the nullability of reference types.</summary>
internal static class TypeText
{
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.Ordinal)
    {
        ["String"] = "string", ["Object"] = "object", ["Boolean"] = "bool", ["Int32"] = "int", ["Int64"] = "long",
        ["Double"] = "double", ["Single"] = "float", ["Byte"] = "byte", ["Decimal"] = "decimal", ["Char"] = "char",
        ["Void"] = "void",
    };

    public static string Of(TypeSyntax type, Known known) => type switch
    {
        PredefinedTypeSyntax p => p.Keyword.ValueText,
        NullableTypeSyntax n => Nullable(Of(n.ElementType, known), known),
        ArrayTypeSyntax a => Of(a.ElementType, known) + string.Concat(
            a.RankSpecifiers.Select(r => "[" + new string(',', r.Rank - 1) + "]")),
        TupleTypeSyntax t => "(" + string.Join(", ", t.Elements.Select(e => Of(e.Type, known))) + ")",
        RefTypeSyntax r => "ref " + Of(r.Type, known),
        QualifiedNameSyntax q => Of(q.Right, known),
        AliasQualifiedNameSyntax a => Of(a.Name, known),
        GenericNameSyntax g => $"{g.Identifier.ValueText}<{Join(g.TypeArgumentList.Arguments, known)}>",
        IdentifierNameSyntax i => Keywords.GetValueOrDefault(i.Identifier.ValueText, i.Identifier.ValueText),
        _ => type.ToString(),
    };

    public static string Parameters(ParameterListSyntax? list, Known known) =>
        "(" + string.Join(", ", (list?.Parameters ?? []).Select(p => Parameter(p, known))) + ")";

    public static string Generics(TypeParameterListSyntax? list) => list is null
        ? ""
        : "<" + string.Join(", ", list.Parameters.Select(p => p.Identifier.ValueText)) + ">";

    /// <summary>Constraints in a fixed order; <c>notnull</c> is nullability and left out.</summary>
    public static string Constraints(
        IEnumerable<TypeParameterConstraintClauseSyntax> clauses, Known known) =>
        string.Concat(clauses.Select(clause => (clause.Name, Parts: clause.Constraints
                .Select(c => Constraint(c, known)).Where(c => c is not ("notnull" or "default"))
                .Order(StringComparer.Ordinal).ToArray()))
            .Where(c => c.Parts.Length > 0)
            .Select(c => $" where {c.Name} : {string.Join(", ", c.Parts)}"));

    private static string Constraint(TypeParameterConstraintSyntax constraint, Known known) =>
        constraint switch
        {
            ClassOrStructConstraintSyntax c => c.ClassOrStructKeyword.ValueText,
            ConstructorConstraintSyntax => "new()",
            TypeConstraintSyntax t => Of(t.Type, known),
            _ => "default",
        };

    private static string Parameter(ParameterSyntax parameter, Known known)
    {
        var modifiers = parameter.Modifiers.Select(m => m.ValueText)
            .Where(m => m is "this" or "ref" or "out" or "in" or "params" or "scoped");
        var text = string.Join(' ', [.. modifiers, Of(parameter.Type!, known), parameter.Identifier.ValueText]);
        return parameter.Default is { } value ? $"{text} = {known.Value(value.Value)}" : text;
    }

    private static string Nullable(string element, Known known) =>
        known.IsValueType(element) ? element + "?" : element;

    private static string Join(IEnumerable<TypeSyntax> types, Known known) =>
        string.Join(", ", types.Select(t => Of(t, known)));
}
