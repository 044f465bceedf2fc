using System.Reflection;
using System.Runtime.CompilerServices;
using ArenaBench.Signatures;

namespace ArenaBench.LocalRuntime.Tests.Signatures;

/// <summary>The public surface of a compiled assembly, in the words of the published list.</summary>
internal static class ReflectedSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static Surface Of(Assembly assembly, Func<Type, bool> wanted)
    {
        var surface = new Surface();
        foreach (var type in assembly.GetTypes().Where(t => t.IsVisible && wanted(t)))
            surface.Add(ReflectedTypeText.FullName(type), Facts(type));
        return surface;
    }

    private static IEnumerable<string> Facts(Type type)
    {
        yield return "kind: " + Kind(type) + ReflectedTypeText.Constraints(type.GetGenericArguments());
        if (type.GetCustomAttribute<AttributeUsageAttribute>(inherit: false) is { } usage)
            yield return "usage: " + string.Join(", ", usage.ValidOn.ToString().Split(", ").Order(StringComparer.Ordinal))
                + (usage.AllowMultiple ? ", many" : "");
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            yield return $"delegate: {ReflectedTypeText.Of(invoke.ReturnType)} {ReflectedTypeText.Parameters(invoke)}";
            yield break;
        }

        if (type.IsEnum)
        {
            foreach (var value in Enum.GetValues(type))
                yield return $"{value} = {Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)}";
            yield break;
        }

        foreach (var parent in Inherited(type)) yield return "inherits: " + ReflectedTypeText.Of(parent);
        foreach (var member in type.GetMembers(Declared).Where(m => !m.IsDefined(typeof(CompilerGeneratedAttribute))))
            if (ReflectedMember.Fact(type, member) is { } fact)
                yield return fact;
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum) return "enum";
        if (type.IsInterface) return "interface";
        if (typeof(Delegate).IsAssignableFrom(type)) return "delegate";
        if (type.IsValueType) return "struct";
        var noun = type.GetMethod("<Clone>$") is null ? "class" : "record";
        return type switch
        {
            { IsAbstract: true, IsSealed: true } => "static " + noun,
            { IsAbstract: true } => "abstract " + noun,
            { IsSealed: true } => "sealed " + noun,
            _ => noun,
        };
    }

    /// <summary>The base and the interfaces written on the type itself, not those they bring along.</summary>
    private static IEnumerable<Type> Inherited(Type type)
    {
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)) yield return parent;
        var all = type.GetInterfaces().Where(i => i.IsVisible).ToList();
        var brought = all.SelectMany(i => i.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []).ToHashSet();
        foreach (var own in all.Except(brought))
            if (!(own.IsGenericType && own.GetGenericTypeDefinition() == typeof(IEquatable<>) && Kind(type).EndsWith("record", StringComparison.Ordinal)))
                yield return own;
    }
}
