using System.Reflection;
using ArenaBench.LocalRuntime.Hosting;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.LocalRuntime.Functions;

/// <summary>Finds the functions of an assembly. Everything wrong with them is said at once, at start.</summary>
internal static class FunctionDiscovery
{
    private const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <exception cref="LocalHostException">A function cannot be run, or two share a name.</exception>
    public static AppFunctions Find(Assembly app) => Find(app.GetName().Name!, app.GetTypes());

    public static AppFunctions Find(string app, IEnumerable<Type> types)
    {
        var marked = types
            .SelectMany(type => type.GetMethods(Any))
            .Select(method => (Method: method, Mark: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(found => found.Mark is not null)
            .OrderBy(found => found.Mark!.Name, StringComparer.OrdinalIgnoreCase)
            .ToList();

        var problems = new List<string>();
        var functions = new List<AppFunction>();
        foreach (var (method, mark) in marked)
        {
            var read = FunctionSignature.Read(mark!.Name, method, problems);
            if (read is not null) functions.Add(read);
        }

        foreach (var same in marked.GroupBy(f => f.Mark!.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            problems.Add($"The name '{same.Key}' is used by {string.Join(" and ", same.Select(f => Place(f.Method)))}; "
                + "function names are unique whatever their case.");

        if (problems.Count > 0)
            throw new LocalHostException($"{app} has functions that cannot run:\n  "
                + string.Join("\n  ", problems));
        return new AppFunctions(functions);
    }

    public static string Place(MethodInfo method) => $"{method.DeclaringType!.FullName}.{method.Name}";
}
