namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>The app cannot be hosted: the message says what is wrong, where, and what to do.</summary>
public sealed class LocalHostException : Exception
{
    public LocalHostException(string message)
        : base(message)
    {
    }

    public LocalHostException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The message alone: it is written for the person who starts the app.</summary>
    public override string ToString() => Message;
}
