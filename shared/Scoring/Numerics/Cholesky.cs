namespace ArenaBench.Core.Scoring;

/// <summary>Solves A x = b for a symmetric positive definite A, in place.</summary>
internal static class Cholesky
{
    /// <param name="a">Row by row; the lower triangle is read and replaced by the factor.</param>
    /// <param name="b">Replaced by x.</param>
    /// <param name="scale">Size of the numbers each diagonal element was computed from: what remains of it below 1e-12 is rounding.</param>
    /// <returns>False when A is not positive definite, to working precision.</returns>
    public static bool Solve(Span<double> a, Span<double> b, ReadOnlySpan<double> scale)
    {
        var n = b.Length;
        for (var i = 0; i < n; i++)
        {
            var rowI = a.Slice(i * n, n);
            for (var j = 0; j <= i; j++)
            {
                var rowJ = a.Slice(j * n, n);
                var sum = rowI[j];
                for (var k = 0; k < j; k++)
                    sum -= rowI[k] * rowJ[k];
                if (i == j)
                {
                    if (!(sum > 1e-12 * scale[i]))
                        return false;
                    rowI[i] = Math.Sqrt(sum);
                }
                else
                {
                    rowI[j] = sum / rowJ[j];
                }
            }
        }

        for (var i = 0; i < n; i++)
        {
            var sum = b[i];
            for (var k = 0; k < i; k++)
                sum -= a[(i * n) + k] * b[k];
            b[i] = sum / a[(i * n) + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            var sum = b[i];
            for (var k = i + 1; k < n; k++)
                sum -= a[(k * n) + i] * b[k];
            b[i] = sum / a[(i * n) + i];
        }

        return true;
    }
}
