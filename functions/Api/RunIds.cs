using System.Globalization;
using System.Security.Cryptography;

namespace ArenaBench.Functions.Api;

internal static class RunIds
{
    /// <summary>Sorts by time and says when: <c>20261124-093012-4f1c</c>.</summary>
    public static string New(TimeProvider time) => string.Create(
        CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(2))}");
}
