using System.Runtime.InteropServices;

namespace ArenaBench.Simulation;

/// <summary>Pseudo-random numbers as a function of what they are about: the same on every machine and in every order of calls.</summary>
internal static class StableHash
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    public static ulong Of(ulong seed, ReadOnlySpan<char> text)
    {
        var hash = Mix(seed, (ulong)text.Length);
        var words = MemoryMarshal.Cast<char, ulong>(text);
        foreach (var word in words)
            hash = (ulong.RotateLeft(hash, 27) ^ word) * Prime;
        foreach (var c in text[(words.Length * 4)..])
            hash = (ulong.RotateLeft(hash, 27) ^ c) * Prime;
        return Mix(hash, 0);
    }

    /// <summary>SplitMix64's finalizer over both values.</summary>
    public static ulong Mix(ulong a, ulong b)
    {
        var z = a + (Prime * (b + 1));
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public static double Unit(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    public static double Unit(ulong seed, ulong number) => Unit(Mix(seed, number));

    /// <summary>About normal with mean 0 and standard deviation 1: the sum of four uniform numbers.</summary>
    public static double Normal(ulong hash)
    {
        var sum = 0.0;
        for (ulong i = 0; i < 4; i++)
            sum += Unit(hash, i);
        return (sum - 2) * Math.Sqrt(3);
    }
}
