using System.Globalization;
using System.Reflection;

namespace ArenaBench.LocalRuntime.Tests.Signatures;

/// <summary>Writes compiled types and parameters the way the published list writes source.</summary>
internal static class ReflectedTypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(string)] = "string", [typeof(object)] = "object", [typeof(bool)] = "bool", [typeof(int)] = "int",
        [typeof(long)] = "long", [typeof(double)] = "double", [typeof(float)] = "float", [typeof(byte)] = "byte",
        [typeof(decimal)] = "decimal", [typeof(char)] = "char", [typeof(void)] = "void",
    };

    public static string Of(Type type)
    {
        if (type.IsByRef) return Of(type.GetElementType()!);
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsArray) return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        if (Nullable.GetUnderlyingType(type) is { } inner) return Of(inner) + "?";
        if (!type.IsGenericType) return type.Name;
        var arguments = string.Join(", ", type.GetGenericArguments().Select(Of));
        return type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true
            ? $"({arguments})"
            : type.Name.Contains('`') ? $"{type.Name[..type.Name.IndexOf('`')]}<{arguments}>" : type.Name;
    }

    public static string FullName(Type type)
    {
        var name = type.Name.Contains('`') ? type.Name[..type.Name.IndexOf('`')] : type.Name;
        var own = type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0).ToArray();
        if (own.Length > 0) name += $"<{string.Join(", ", own.Select(a => a.Name))}>";
        return (type.IsNested ? FullName(type.DeclaringType!) : type.Namespace) + "." + name;
    }

    public static string Parameters(MethodBase method, bool extension = false) => "(" + string.Join(", ",
        method.GetParameters().Select((p, i) => (extension && i == 0 ? "this " : "") + Parameter(p))) + ")";

    public static string Generics(MethodInfo method) => method.IsGenericMethodDefinition
        ? $"<{string.Join(", ", method.GetGenericArguments().Select(a => a.Name))}>" : "";

    public static string Constraints(IEnumerable<Type> arguments) => string.Concat(arguments
        .Select(a => (a.Name, Parts: Constraint(a).Order(StringComparer.Ordinal).ToArray()))
        .Where(c => c.Parts.Length > 0)
        .Select(c => $" where {c.Name} : {string.Join(", ", c.Parts)}"));

    private static IEnumerable<string> Constraint(Type argument)
    {
        var flags = argument.GenericParameterAttributes;
        var isStruct = flags.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (isStruct) yield return "struct";
        if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) yield return "class";
        foreach (var type in argument.GetGenericParameterConstraints().Where(t => t != typeof(ValueType)))
            yield return Of(type);
        if (!isStruct && flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)) yield return "new()";
    }

    private static string Parameter(ParameterInfo parameter)
    {
        var modifier = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params "
            : !parameter.ParameterType.IsByRef ? ""
            : parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        var text = $"{modifier}{Of(parameter.ParameterType)} {parameter.Name}";
        return parameter.HasDefaultValue ? $"{text} = {Default(parameter)}" : text;
    }

    private static string Default(ParameterInfo parameter) => parameter.RawDefaultValue switch
    {
        null or false or 0 or 0L or 0d or DBNull or Missing => "default",
        string s => $"\"{s}\"",
        var value when parameter.ParameterType.IsEnum =>
            $"{parameter.ParameterType.Name}.{Enum.ToObject(parameter.ParameterType, value)}",
        true => "true",
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
