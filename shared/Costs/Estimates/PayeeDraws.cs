using ArenaBench.Core.Models;

namespace ArenaBench.Core.Costs;

/// <summary>What one model's answers, or one judge's games, would come to in each of many imagined courses of the run.</summary>
internal sealed class PayeeDraws(int draws)
{
    private readonly double[] _input = new double[draws];
    private readonly double[] _output = new double[draws];

    public void Add(int draw, double input, double output)
    {
        _input[draw] += input;
        _output[draw] += output;
    }

    public void Add(PayeeDraws other)
    {
        for (var draw = 0; draw < draws; draw++)
            Add(draw, other._input[draw], other._output[draw]);
    }

    public double[] Usd(Price? price)
    {
        var usd = new double[draws];
        for (var draw = 0; draw < draws && price is not null; draw++)
            usd[draw] = ((_input[draw] * (double)price.Input) + (_output[draw] * (double)price.Output)) / 1e6;
        return usd;
    }

    public CostRange Input() => RangeOf(_input, 0);

    public CostRange Output() => RangeOf(_output, 0);

    public CostRange Tokens() => RangeOf([.. _input.Select((input, draw) => input + _output[draw])], 0);

    /// <summary>The mean, and the middle nine tenths.</summary>
    public static CostRange RangeOf(double[] values, int decimals)
    {
        var sorted = values.Order().ToArray();
        return new CostRange(Round(values.Average()), Round(At(0.05)), Round(At(0.95)));

        double At(double part) => sorted[Math.Clamp((int)(part * sorted.Length), 0, sorted.Length - 1)];

        decimal Round(double value) => Math.Round((decimal)value, decimals);
    }
}
