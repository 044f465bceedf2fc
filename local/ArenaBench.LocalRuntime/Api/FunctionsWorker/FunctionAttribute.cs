namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a method as a function and gives it its name, unique in the app whatever the case.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute : Attribute
{
    public FunctionAttribute(string name) => Name = name;

    public string Name { get; }
}
