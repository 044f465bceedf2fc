using System.Numerics;
using System.Runtime.CompilerServices;

namespace ArenaBench.Core.Scoring;

/// <summary>The xoshiro256** generator, one independent stream per (seed, purpose, round): a bootstrap round draws the same
/// numbers whichever thread runs it, and on every platform.</summary>
internal struct RandomStream
{
    private ulong _a, _b, _c, _d;

    public RandomStream(long seed, int purpose, int round)
    {
        var state = Mix(unchecked((ulong)seed) + 0x9E3779B97F4A7C15UL);
        state = Mix(state ^ Mix(((ulong)(uint)purpose << 32) | (uint)round));
        _a = Next(ref state);
        _b = Next(ref state);
        _c = Next(ref state);
        _d = Next(ref state) | 1; // never all zero
    }

    public static RandomStream FromState(ulong a, ulong b, ulong c, ulong d) => new() { _a = a, _b = b, _c = c, _d = d };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextBits()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var t = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= t;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>Uniform in [0, bound), without bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int bound)
    {
        var range = (ulong)(uint)bound;
        var product = (NextBits() >> 32) * range;
        if ((uint)product < range)
        {
            var floor = (0x1_0000_0000UL - range) % range;
            while ((uint)product < floor)
                product = (NextBits() >> 32) * range;
        }

        return (int)(product >> 32);
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        return Mix(state);
    }

    /// <summary>The finaliser of SplitMix64.</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
