using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ArenaBench.LocalRuntime.Functions;

/// <summary>Reads a parameter from the route, else from the query, by its name.</summary>
internal static class RouteValue
{
    public static bool CanRead(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain == typeof(string) || plain == typeof(Guid) || plain == typeof(DateTime) || plain == typeof(DateTimeOffset)
            || plain == typeof(decimal) || plain.IsPrimitive || plain.IsEnum;
    }

    /// <exception cref="FormatException">The text is not of the parameter's type, or nothing was given where it must be.</exception>
    public static object? Read(FunctionParameterSource parameter, HttpRequest request)
    {
        var text = request.HttpContext.GetRouteValue(parameter.Name)?.ToString();
        if (text is null && request.Query.TryGetValue(parameter.Name, out var query)) text = query.ToString();
        if (text is null) return Missing(parameter);
        var type = Nullable.GetUnderlyingType(parameter.Type) ?? parameter.Type;
        try
        {
            return type switch
            {
                _ when type == typeof(string) => text,
                _ when type == typeof(Guid) => Guid.Parse(text),
                _ when type == typeof(DateTimeOffset) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
                _ when type == typeof(DateTime) =>
                    DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
                { IsEnum: true } => Enum.Parse(type, text, ignoreCase: true),
                _ => Convert.ChangeType(text, type, CultureInfo.InvariantCulture),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw new FormatException($"The value of '{parameter.Name}' is not of type {type.Name}.", e);
        }
    }

    private static object? Missing(FunctionParameterSource parameter)
    {
        if (parameter.Parameter.HasDefaultValue) return parameter.Parameter.DefaultValue;
        if (!parameter.Type.IsValueType || Nullable.GetUnderlyingType(parameter.Type) is not null) return null;
        throw new FormatException($"No value for '{parameter.Name}' in the route or the query.");
    }
}
