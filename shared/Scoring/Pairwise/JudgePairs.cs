namespace ArenaBench.Core.Scoring;

/// <summary>Compares judges on the games that several of them judged. Games come sorted by model, baseline, question, judge, game.</summary>
internal sealed class JudgePairs(int judges, int questions)
{
    private readonly Dictionary<(int First, int Second), Pair> _pairs = [];
    private readonly sbyte[] _said = new sbyte[judges * 2];
    private readonly List<int> _present = [];
    private (int Model, int Baseline, int Question) _block = (-1, -1, -1);

    private const sbyte Nothing = sbyte.MinValue;

    public void Add(in GameRow game)
    {
        if (judges < 2 || !game.Scored)
            return;
        var block = (game.Model, game.Baseline, game.Question);
        if (block != _block)
        {
            CloseBlock();
            _block = block;
        }

        if (_present.Count == 0 || _present[^1] != game.Judge)
        {
            _present.Add(game.Judge);
            _said.AsSpan(game.Judge * 2, 2).Fill(Nothing);
        }

        _said[(game.Judge * 2) + game.Game - 1] = (sbyte)JudgeTally.Side(game);
    }

    public IReadOnlyList<JudgeAgreement> Report(IReadOnlyList<string> names, BootstrapOptions bootstrap)
    {
        CloseBlock();
        return [.. _pairs.OrderBy(pair => pair.Key).Select(pair => pair.Value.Report(names[pair.Key.First], names[pair.Key.Second], bootstrap))];
    }

    private void CloseBlock()
    {
        for (var i = 0; i < _present.Count; i++)
        {
            for (var j = i + 1; j < _present.Count; j++)
            {
                for (var game = 0; game < 2; game++)
                {
                    var (one, two) = (_said[(_present[i] * 2) + game], _said[(_present[j] * 2) + game]);
                    if (one != Nothing && two != Nothing)
                        PairOf(_present[i], _present[j]).Add(_block.Question, one, two);
                }
            }
        }

        _present.Clear();
    }

    private Pair PairOf(int first, int second)
    {
        if (!_pairs.TryGetValue((first, second), out var pair))
            _pairs[(first, second)] = pair = new Pair(questions);
        return pair;
    }

    private sealed class Pair(int questions)
    {
        private readonly RatioSums _same = new(questions);
        private readonly int[,] _counts = new int[3, 3];

        /// <summary>Each -1, 0 or 1.</summary>
        public void Add(int question, int one, int two)
        {
            _same.Add(question, one == two ? 1 : 0);
            _counts[one + 1, two + 1]++;
        }

        public JudgeAgreement Report(string first, string second, BootstrapOptions bootstrap) => new(
            first, second, (int)_same.Whole, (int)_same.Part, _counts[0, 2] + _counts[2, 0],
            _same.Estimate(bootstrap, "no game that both judged"), Kappa());

        private double? Kappa()
        {
            double games = _same.Whole, chance = 0;
            for (var side = 0; side < 3; side++)
            {
                double one = 0, two = 0;
                for (var other = 0; other < 3; other++)
                {
                    one += _counts[side, other];
                    two += _counts[other, side];
                }

                chance += one / games * (two / games);
            }

            return chance >= 1 ? null : ((_same.Part / games) - chance) / (1 - chance);
        }
    }
}
