using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ArenaBench.Signatures;

/// <summary>What syntax alone does not tell: which names are value types (<c>TimeSpan?</c> is a type of its own,
/// <c>string?</c> an annotation), and the values of constants.</summary>
internal sealed class Known
{
    private readonly HashSet<string> valueTypes = new(StringComparer.Ordinal)
    {
        "bool", "byte", "char", "decimal", "double", "float", "int", "long", "sbyte", "short", "uint", "ulong", "ushort",
        "DateTime", "DateTimeOffset", "TimeSpan", "Guid", "CancellationToken", "HttpStatusCode", "JsonElement",
    };

    private readonly Dictionary<string, string> constants = new(StringComparer.Ordinal);

    public Known(IEnumerable<MemberDeclarationSyntax> types)
    {
        foreach (var type in types)
        {
            if (type is EnumDeclarationSyntax or StructDeclarationSyntax || type.IsKind(SyntaxKind.RecordStructDeclaration))
                valueTypes.Add(((BaseTypeDeclarationSyntax)type).Identifier.ValueText);
            if (type is not TypeDeclarationSyntax holder) continue;
            foreach (var field in holder.Members.OfType<FieldDeclarationSyntax>()
                         .Where(f => f.Modifiers.Any(SyntaxKind.ConstKeyword)))
                foreach (var variable in field.Declaration.Variables)
                    constants[$"{holder.Identifier.ValueText}.{variable.Identifier.ValueText}"] =
                        Value(variable.Initializer!.Value);
        }
    }

    public bool IsValueType(string name) => valueTypes.Contains(name) || name.StartsWith('(');

    /// <summary>A default value; one that equals the type's own default reads <c>default</c>, however it is written.</summary>
    public string Value(ExpressionSyntax value) => value switch
    {
        DefaultExpressionSyntax => "default",
        LiteralExpressionSyntax l when l.IsKind(SyntaxKind.NullLiteralExpression)
            || l.IsKind(SyntaxKind.FalseLiteralExpression)
            || l.IsKind(SyntaxKind.DefaultLiteralExpression) => "default",
        LiteralExpressionSyntax { Token.Value: IConvertible and not (string or bool or char) and var number } =>
            Convert.ToString(number, CultureInfo.InvariantCulture) is "0" or null
                ? "default" : Convert.ToString(number, CultureInfo.InvariantCulture)!,
        _ => constants.GetValueOrDefault(value.ToString(), value.ToString()),
    };
}
