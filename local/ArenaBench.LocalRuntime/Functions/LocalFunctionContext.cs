using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.LocalRuntime.Functions;

/// <summary>One run of a function on this machine.</summary>
internal sealed class LocalFunctionContext(
    AppFunction function, IServiceProvider services, IReadOnlyDictionary<string, object?> bindingData,
    CancellationToken cancellation) : FunctionContext
{
    public AppFunction Function { get; } = function;

    /// <summary>Gives a parameter its value; what it does not know is bound by the invoker.</summary>
    public required Func<FunctionParameterSource, object?> Bind { get; init; }

    public object? Result { get; set; }

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => FunctionDefinition.Id;

    public override BindingContext BindingContext { get; } = new LocalBindingContext(bindingData);

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition { get; } = new LocalFunctionDefinition(function);

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override CancellationToken CancellationToken => cancellation;

    private sealed class LocalBindingContext(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }

    private sealed class LocalFunctionDefinition(AppFunction function) : FunctionDefinition
    {
        public override string PathToAssembly => function.Method.Module.FullyQualifiedName;

        public override string EntryPoint => function.EntryPoint;

        public override string Id => function.EntryPoint;

        public override string Name => function.Name;
    }
}
