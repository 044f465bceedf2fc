namespace Microsoft.Azure.Functions.Worker;

/// <summary>What is known about one run of a function.</summary>
public abstract class FunctionContext
{
    /// <summary>Unique to this run.</summary>
    public abstract string InvocationId { get; }

    /// <summary>The same for every run of one function.</summary>
    public abstract string FunctionId { get; }

    public abstract BindingContext BindingContext { get; }

    /// <summary>The scoped services of this run.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>Lets middleware and function share values within this run.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>Cancelled when the caller has gone or the host stops.</summary>
    public virtual CancellationToken CancellationToken { get; } = CancellationToken.None;
}

/// <summary>The trigger's data: route and query values of a request, the name and id of an instance.</summary>
public abstract class BindingContext
{
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}

/// <summary>A function as the host knows it.</summary>
public abstract class FunctionDefinition
{
    public abstract string PathToAssembly { get; }

    /// <summary>Full type name and method name.</summary>
    public abstract string EntryPoint { get; }

    public abstract string Id { get; }

    public abstract string Name { get; }
}
