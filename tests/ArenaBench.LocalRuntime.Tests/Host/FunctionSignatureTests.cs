using System.Reflection;
using ArenaBench.LocalRuntime.Functions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Tests.Host;

public sealed class FunctionSignatureTests
{
    [Theory]
    [InlineData(nameof(Good.Answers))]
    [InlineData(nameof(Good.Acts))]
    [InlineData(nameof(Good.Orchestrates))]
    [InlineData(nameof(Good.Does))]
    public void Supported_IsReadWithoutProblems(string method)
    {
        var (function, problems) = Read(typeof(Good), method);

        Assert.Empty(problems);
        Assert.Equal(method, function!.Name);
    }

    [Theory]
    [InlineData(nameof(Bad.ReturnsText), "returns String", "Results.Ok")]
    [InlineData(nameof(Bad.TakesBody), "parameter 'Good body' is not supported", "[HttpTrigger] HttpRequest")]
    [InlineData(nameof(Bad.TakesTwoInputs), "has 2 inputs", "one input")]
    [InlineData(nameof(Bad.TakesAbstractInput), "abstract type IReadOnlyList`1", "concrete type")]
    [InlineData(nameof(Bad.TakesContextInOrchestrator), "parameter 'FunctionContext context' is not supported", "TaskOrchestrationContext")]
    [InlineData(nameof(Bad.OrchestratesOnInstance), "static method", "services")]
    [InlineData(nameof(Bad.HasTwoTriggers), "has 2 triggers", "exactly one")]
    [InlineData(nameof(Bad.HasNoTrigger), "has 0 triggers", "exactly one")]
    [InlineData(nameof(Bad.TakesService), "parameter 'IServiceProvider services' is not supported", "An activity takes")]
    [InlineData(nameof(Bad.IsAsyncVoid), "async void", "return Task")]
    [InlineData(nameof(Bad.IsGeneric), "must not be generic", "")]
    [InlineData("IsHidden", "must be public", "")]
    public void Unsupported_NamesTheMethodTheProblemAndTheRemedy(string method, string problem, string remedy)
    {
        var (function, problems) = Read(typeof(Bad), method);

        Assert.Null(function);
        Assert.Contains(problems, p => p.StartsWith($"{typeof(Bad).FullName}.{method} ('{method}')", StringComparison.Ordinal)
            && p.Contains(problem, StringComparison.Ordinal) && p.Contains(remedy, StringComparison.Ordinal));
    }

    private static (AppFunction? Function, List<string> Problems) Read(Type type, string method)
    {
        var problems = new List<string>();
        var found = type.GetMethod(method, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static)!;
        return (FunctionSignature.Read(method, found, problems), problems);
    }

    public sealed class Good
    {
        public static ValueTask<IResult> Answers(
            [HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request, [DurableClient] DurableTaskClient client,
            FunctionContext context, int number, Guid? id, DayOfWeek day, CancellationToken cancellation) => default;

        public static Task<ObjectResult> Acts([HttpTrigger] HttpRequest request) => null!;

        public static Task<int> Orchestrates([OrchestrationTrigger] TaskOrchestrationContext context, string? input) => null!;

        public Task<int> Does(
            [ActivityTrigger] int[] input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext context,
            CancellationToken cancellation) => null!;
    }

    public sealed class Bad
    {
        public static Task<string> ReturnsText([HttpTrigger] HttpRequest request) => null!;

        public static IResult TakesBody([HttpTrigger] HttpRequest request, Good body) => null!;

        public static Task TakesTwoInputs([OrchestrationTrigger] TaskOrchestrationContext context, int a, int b) => null!;

        public static Task TakesAbstractInput(
            [OrchestrationTrigger] TaskOrchestrationContext context, IReadOnlyList<int> input) => null!;

        public static Task TakesContextInOrchestrator(
            [OrchestrationTrigger] TaskOrchestrationContext orchestration, FunctionContext context) => null!;

        public Task OrchestratesOnInstance([OrchestrationTrigger] TaskOrchestrationContext context) => null!;

        public static Task HasTwoTriggers([HttpTrigger] HttpRequest request, [ActivityTrigger] string input) => null!;

        public static Task HasNoTrigger(string input) => null!;

        public static Task TakesService([ActivityTrigger] string input, IServiceProvider services) => null!;

#pragma warning disable IDE0060, VSTHRD100
        public static async void IsAsyncVoid([ActivityTrigger] string input) => await Task.Yield();
#pragma warning restore IDE0060, VSTHRD100

        public static Task IsGeneric<T>([ActivityTrigger] T input) => null!;

        internal static Task IsHidden([ActivityTrigger] string input) => null!;
    }
}
