using System.Collections.Concurrent;
using System.Reflection;

namespace ArenaBench.LocalRuntime.Functions;

/// <summary>Awaits what a function returned and takes its result out.</summary>
internal static class FunctionResult
{
    private static readonly ConcurrentDictionary<Type, Func<object, Task<object?>>> Readers = new();

    /// <summary>The result's type behind Task and ValueTask; null when there is none.</summary>
    public static Type? TypeOf(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask)) return null;
        return IsTask(type) ? type.GetGenericArguments()[0] : type;
    }

    /// <summary>Continues where it was called: an orchestrator's continuations stay on its own scheduler.</summary>
    public static Task<object?> ReadAsync(MethodInfo method, object? returned)
    {
        if (returned is null) return Task.FromResult<object?>(null);
        if (method.ReturnType == typeof(ValueTask)) return Nothing(((ValueTask)returned).AsTask());
        if (method.ReturnType == typeof(Task)) return Nothing((Task)returned);
        return IsTask(method.ReturnType)
            ? Readers.GetOrAdd(method.ReturnType, Reader)(returned)
            : Task.FromResult<object?>(returned);
    }

    private static bool IsTask(Type type) => type.IsGenericType
        && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private static Func<object, Task<object?>> Reader(Type type) =>
        typeof(FunctionResult)
            .GetMethod(type.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(OfTask) : nameof(OfValueTask),
                BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GetGenericArguments()[0])
            .CreateDelegate<Func<object, Task<object?>>>();

    private static async Task<object?> Nothing(Task task)
    {
        await task;
        return null;
    }

    private static async Task<object?> OfTask<T>(object task) => await (Task<T>)task;

    private static async Task<object?> OfValueTask<T>(object task) => await (ValueTask<T>)task;
}
