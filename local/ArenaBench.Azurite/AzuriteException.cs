namespace ArenaBench.Azurite;

/// <summary>Local storage could not be started. The message is for the user: one sentence on what is wrong, one on what to do.</summary>
public sealed class AzuriteException(string message, Exception? inner = null) : Exception(message, inner);
