namespace ArenaBench.Core.Scoring;

/// <summary>Which parameters couple with which. A model that is never a baseline meets only baselines, so its row of the Hessian has
/// a diagonal element and a few in the border (baselines and style): it is eliminated, and what is left to solve densely is the
/// border. With one baseline that is the style coefficients alone, with all against all it is every model.</summary>
internal sealed class StrengthLayout
{
    public StrengthLayout(CollapsedBattles battles, bool[] activeFeatures)
    {
        Battles = battles;
        ActiveFeatures = activeFeatures;
        Styled = activeFeatures.Contains(true);
        Border = new int[battles.Models];
        Array.Fill(Border, -1);
        foreach (var group in battles.Groups)
        {
            if (group.Baseline != battles.Anchor && Border[group.Baseline] < 0)
                Border[group.Baseline] = BorderModels++;
        }

        BorderSize = BorderModels + (Styled ? CollapsedBattles.Features : 0);
    }

    public CollapsedBattles Battles { get; }

    public bool[] ActiveFeatures { get; }

    public bool Styled { get; }

    /// <summary>By model: its place in the border, or -1 for the anchor and for models that are never a baseline.</summary>
    public int[] Border { get; }

    public int BorderModels { get; }

    /// <summary>Border models, then the four features when there is style control.</summary>
    public int BorderSize { get; }

    public bool IsFree(int model) => Border[model] < 0 && model != Battles.Anchor;
}
