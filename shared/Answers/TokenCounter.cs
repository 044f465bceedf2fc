using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace ArenaBench.Core.Answers;

/// <summary>Counts tokens as tiktoken does with <c>disallowed_special=()</c>: text that looks like a special token is ordinary text.</summary>
/// <remarks>The library merges bytes into tokens; the splitting into pieces before that is done here, because the library's own cuts
/// special tokens out, and treats characters beyond U+FFFF as pairs (see <see cref="RuneText"/>).</remarks>
public sealed partial class TokenCounter
{
    private static readonly Lazy<TokenCounter> LazyO200k = new(() => new("o200k_base", O200kPieces()));
    private static readonly Lazy<TokenCounter> LazyCl100k = new(() => new("cl100k_base", Cl100kPieces()));

    private readonly TiktokenTokenizer _tokenizer;
    private readonly Regex _pieces;

    private TokenCounter(string encoding, Regex pieces)
    {
        _tokenizer = TiktokenTokenizer.CreateForEncoding(encoding);
        _pieces = pieces;
    }

    /// <summary>v2.0's: <c>o200k_base</c>, that of gpt-4o.</summary>
    public static TokenCounter O200k => LazyO200k.Value;

    /// <summary>v0.1's: <c>cl100k_base</c>, that of gpt-3.5-turbo.</summary>
    public static TokenCounter Cl100k => LazyCl100k.Value;

    /// <summary>Safe to call from several threads.</summary>
    public int Count(string text)
    {
        int[]? offsets = null;
        var characters = RuneText.HasAstral(text) ? RuneText.Of(text, out offsets) : text;
        var tokens = 0;
        foreach (var piece in _pieces.EnumerateMatches(characters))
        {
            var start = offsets is null ? piece.Index : offsets[piece.Index];
            var end = offsets is null ? piece.Index + piece.Length : offsets[piece.Index + piece.Length];
            tokens += _tokenizer.CountTokens(text.AsSpan(start, end - start), considerPreTokenization: false, considerNormalization: false);
        }

        return tokens;
    }

    [GeneratedRegex(
        @"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?" +
        @"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?" +
        @"|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        RegexOptions.CultureInvariant)]
    private static partial Regex O200kPieces();

    [GeneratedRegex(
        @"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        RegexOptions.CultureInvariant)]
    private static partial Regex Cl100kPieces();
}
