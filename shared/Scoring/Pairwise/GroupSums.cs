using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ArenaBench.Core.Scoring;

/// <summary>The part of gradient and Hessian that one group of rows gives, with respect to its own logit.</summary>
internal struct GroupSums
{
    /// <summary>Score minus expected score, and weight × p × (1 - p).</summary>
    public double Residual, Curvature;

    /// <summary>Curvature times each feature.</summary>
    public double Cross0, Cross1, Cross2, Cross3;
}

/// <summary>Adds up gradient and Hessian of the weighted logistic log-likelihood over rows, four at a time, always in the same order.</summary>
internal static class GroupKernel
{
    /// <param name="offset">Logit of the group without style.</param>
    /// <param name="style">Coefficients of the four features.</param>
    /// <param name="known">Win probabilities of the rows, when they are known already; else empty.</param>
    /// <param name="keep">Where to put win probabilities; else empty.</param>
    /// <param name="styleGradient">Added to: four sums of residual × feature.</param>
    /// <param name="styleCurvature">Added to: ten sums of curvature × feature × feature, row by row of the lower triangle.</param>
    public static GroupSums Sum(
        CollapsedBattles battles, RowWeights rows, in BattleGroup group, double offset, ReadOnlySpan<double> style,
        ReadOnlySpan<double> known, Span<double> keep, Span<double> styleGradient, Span<double> styleCurvature)
    {
        ref var weight = ref MemoryMarshal.GetArrayDataReference(rows.Weight);
        ref var score = ref MemoryMarshal.GetArrayDataReference(rows.Score);
        ref var f0 = ref MemoryMarshal.GetArrayDataReference(battles.Style[0]);
        ref var f1 = ref MemoryMarshal.GetArrayDataReference(battles.Style[1]);
        ref var f2 = ref MemoryMarshal.GetArrayDataReference(battles.Style[2]);
        ref var f3 = ref MemoryMarshal.GetArrayDataReference(battles.Style[3]);
        ref var knownAt = ref MemoryMarshal.GetReference(known);
        ref var keepAt = ref MemoryMarshal.GetReference(keep);
        var one = Vector256<double>.One;
        var offsets = Vector256.Create(offset);
        Vector256<double> c0 = Vector256.Create(style[0]), c1 = Vector256.Create(style[1]), c2 = Vector256.Create(style[2]), c3 = Vector256.Create(style[3]);
        Vector256<double> residual = default, curvature = default, h0 = default, h1 = default, h2 = default, h3 = default;
        Vector256<double> g0 = default, g1 = default, g2 = default, g3 = default;
        Vector256<double> h00 = default, h10 = default, h11 = default, h20 = default, h21 = default, h22 = default;
        Vector256<double> h30 = default, h31 = default, h32 = default, h33 = default;

        for (nuint i = (uint)group.Start; i < (uint)group.End; i += CollapsedBattles.Lanes)
        {
            var x0 = Vector256.LoadUnsafe(ref f0, i);
            var x1 = Vector256.LoadUnsafe(ref f1, i);
            var x2 = Vector256.LoadUnsafe(ref f2, i);
            var x3 = Vector256.LoadUnsafe(ref f3, i);
            Vector256<double> p;
            if (known.IsEmpty)
            {
                p = Logistic.Of(offsets + (c0 * x0) + (c1 * x1) + (c2 * x2) + (c3 * x3));
                if (!keep.IsEmpty)
                    p.StoreUnsafe(ref keepAt, i);
            }
            else
            {
                p = Vector256.LoadUnsafe(ref knownAt, i);
            }

            var expected = Vector256.LoadUnsafe(ref weight, i) * p;
            var r = Vector256.LoadUnsafe(ref score, i) - expected;
            var h = expected * (one - p);
            residual += r;
            curvature += h;
            g0 += r * x0;
            g1 += r * x1;
            g2 += r * x2;
            g3 += r * x3;
            var hx = h * x0;
            h0 += hx;
            h00 += hx * x0;
            hx = h * x1;
            h1 += hx;
            h10 += hx * x0;
            h11 += hx * x1;
            hx = h * x2;
            h2 += hx;
            h20 += hx * x0;
            h21 += hx * x1;
            h22 += hx * x2;
            hx = h * x3;
            h3 += hx;
            h30 += hx * x0;
            h31 += hx * x1;
            h32 += hx * x2;
            h33 += hx * x3;
        }

        styleGradient[0] += Total(g0);
        styleGradient[1] += Total(g1);
        styleGradient[2] += Total(g2);
        styleGradient[3] += Total(g3);
        styleCurvature[0] += Total(h00);
        styleCurvature[1] += Total(h10);
        styleCurvature[2] += Total(h11);
        styleCurvature[3] += Total(h20);
        styleCurvature[4] += Total(h21);
        styleCurvature[5] += Total(h22);
        styleCurvature[6] += Total(h30);
        styleCurvature[7] += Total(h31);
        styleCurvature[8] += Total(h32);
        styleCurvature[9] += Total(h33);
        return new()
        {
            Residual = Total(residual),
            Curvature = Total(curvature),
            Cross0 = Total(h0),
            Cross1 = Total(h1),
            Cross2 = Total(h2),
            Cross3 = Total(h3),
        };
    }

    private static double Total(Vector256<double> v) =>
        (v.GetElement(0) + v.GetElement(2)) + (v.GetElement(1) + v.GetElement(3));
}
