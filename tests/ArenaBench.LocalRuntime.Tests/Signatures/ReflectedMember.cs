using System.Reflection;
using System.Runtime.CompilerServices;

namespace ArenaBench.LocalRuntime.Tests.Signatures;

/// <summary>One line for a compiled member, or null when another assembly cannot see it.</summary>
internal static class ReflectedMember
{
    private static readonly Dictionary<string, string> Operators = new(StringComparer.Ordinal)
    {
        ["op_Equality"] = "==", ["op_Inequality"] = "!=", ["op_LessThan"] = "<", ["op_GreaterThan"] = ">",
    };

    public static string? Fact(Type type, MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } c when Seen(c) is { } access => access + "new" + ReflectedTypeText.Parameters(c),
        MethodInfo m when !m.Name.Contains('.') && Seen(m) is { } access => Method(m) is { } text ? access + text : null,
        PropertyInfo p when !p.Name.Contains('.') => Property(p),
        FieldInfo { IsSpecialName: false } f when f.IsPublic || f.IsFamily =>
            (f.IsPublic ? "" : "protected ") + (f.IsLiteral ? "const " : f.IsInitOnly ? "readonly " : "")
            + (f is { IsStatic: true, IsLiteral: false } ? "static " : "") + $"{ReflectedTypeText.Of(f.FieldType)} {f.Name}",
        _ => null,
    };

    private static string? Method(MethodInfo method)
    {
        if (method.Name is "op_Implicit" or "op_Explicit")
            return $"static {method.Name[3..].ToLowerInvariant()} operator "
                + ReflectedTypeText.Of(method.ReturnType) + ReflectedTypeText.Parameters(method);
        if (Operators.TryGetValue(method.Name, out var symbol))
            return $"static {ReflectedTypeText.Of(method.ReturnType)} operator {symbol}{ReflectedTypeText.Parameters(method)}";
        if (method.IsSpecialName) return null;
        var how = How(method);
        return $"{how}{ReflectedTypeText.Of(method.ReturnType)} {method.Name}{ReflectedTypeText.Generics(method)}"
            + ReflectedTypeText.Parameters(method, method.IsDefined(typeof(ExtensionAttribute)))
            + (how.Contains("override", StringComparison.Ordinal)
                ? "" : ReflectedTypeText.Constraints(method.IsGenericMethod ? method.GetGenericArguments() : []));
    }

    private static string? Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(a => Seen(a) is not null).ToArray();
        if (accessors.Length == 0) return null;
        var outer = accessors.Any(a => a.IsPublic) ? "" : "protected ";
        var words = accessors
            .Select(a => (Name: a.ReturnType != typeof(void) ? "get" : IsInit(a) ? "init" : "set", Own: Seen(a)))
            .OrderBy(a => a.Name, StringComparer.Ordinal)
            .Select(a => (a.Own == outer ? "" : a.Own) + a.Name + ";");
        var keys = property.GetIndexParameters();
        var name = keys.Length == 0
            ? property.Name : $"this[{string.Join(", ", keys.Select(k => ReflectedTypeText.Of(k.ParameterType)))}]";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{outer}{How(accessors[0])}{required}{ReflectedTypeText.Of(property.PropertyType)} {name} "
            + $"{{ {string.Join(' ', words)} }}";
    }

    private static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string? Seen(MethodBase method) =>
        method.IsPublic ? "" : method.IsFamily || method.IsFamilyOrAssembly ? "protected " : null;

    private static string How(MethodInfo method)
    {
        if (method.DeclaringType!.IsInterface) return method.IsStatic ? "static " : "";
        if (method.IsStatic) return "static ";
        if (method.GetBaseDefinition() != method)
            return method.IsAbstract ? "abstract override " : method.IsFinal ? "override sealed " : "override ";
        return method.IsAbstract ? "abstract " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";
    }
}
