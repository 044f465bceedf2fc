using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ArenaBench.Core.Scoring;

/// <summary>The logistic function, written out in additions, multiplications and one division, so that it gives the same bits on
/// every processor; the platform's exp does not.</summary>
internal static class Logistic
{
    private const double Ln2High = 6.93147180369123816490e-01; // ln 2 with its low bits cut off: n × this is exact
    private const double Ln2Low = 1.90821492927058770002e-10; // the rest of ln 2
    private const double Log2E = 1.44269504088896340736;
    private const double RoundingShift = 6755399441055744.0; // 1.5 × 2^52: adding it rounds to an integer, kept in the low bits
    private const double Largest = 600;

    /// <summary>1 / (1 + exp(-x)) of four numbers; within 4 units in the last place, exact 0 and 1 nowhere for |x| ≤ 36.</summary>
    /// <remarks>With y = -x = n ln 2 + r and |r| ≤ ln 2 / 2, exp(r) is its [6/6] Padé approximant (A + rB) / (A - rB), whose relative
    /// error there is below 2e-19. Hence the value is (A - rB) / ((A - rB) + 2^n (A + rB)).</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Of(Vector256<double> x)
    {
        var y = Vector256.Min(Vector256.Max(-x, Vector256.Create(-Largest)), Vector256.Create(Largest));
        var shifted = (y * Log2E) + Vector256.Create(RoundingShift);
        var n = shifted - Vector256.Create(RoundingShift);
        var r = y - (n * Ln2High) - (n * Ln2Low);
        var rr = r * r;
        var a = (((rr + Vector256.Create(840.0)) * rr) + Vector256.Create(75600.0)) * rr + Vector256.Create(665280.0);
        var b = ((((rr * 42.0) + Vector256.Create(10080.0)) * rr) + Vector256.Create(332640.0)) * r;
        var power = (Vector256.ShiftLeft(shifted.AsInt64(), 52) + Vector256.Create(1023L << 52)).AsDouble();
        var below = a - b;
        return below / (below + (power * (a + b)));
    }

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static double Of(double x) => Of(Vector256.Create(x)).ToScalar();

    /// <summary>The inverse: ln(p / (1 - p)).</summary>
    public static double Logit(double p) => Log(p / (1 - p));

    /// <summary>The natural logarithm, for the same reason in four operations only; within 2 units in the last place.</summary>
    /// <remarks>x = m 2^e with m between √½ and √2; ln m = 2 artanh(s), s = (m - 1) / (m + 1), by its series to s^23.</remarks>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
            return Math.Log(x);
        var e = Math.ILogB(x);
        var m = Math.ScaleB(x, -e);
        if (m > 1.4142135623730951)
        {
            m /= 2;
            e++;
        }

        var s = (m - 1) / (m + 1);
        var ss = s * s;
        double series = 0;
        for (var k = 23; k >= 3; k -= 2)
            series = (series + (1.0 / k)) * ss;
        return (e * Ln2High) + ((2 * s) + ((2 * s * series) + (e * Ln2Low)));
    }
}
