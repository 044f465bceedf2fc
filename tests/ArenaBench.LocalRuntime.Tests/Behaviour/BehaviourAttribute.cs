namespace ArenaBench.LocalRuntime.Tests.Behaviour;

/// <summary>The rows of docs/local-runtime.md that a test shows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BehaviourAttribute(params string[] ids) : Attribute
{
    public IReadOnlyList<string> Ids { get; } = ids;
}
