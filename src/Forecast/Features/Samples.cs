using Rialto.Forecast.Series;

namespace Rialto.Forecast.Features;

/// <summary>One moment from which a forecast looks ahead: the panel by its place in the list, the first step to predict.</summary>
internal readonly record struct Moment(int Panel, int Origin);

/// <summary>Rows and targets of many moments, in order of time. What every model fits and predicts.</summary>
internal sealed class Samples
{
    private Samples(SampleSource source, Moment[] moments)
    {
        (Source, Moments) = (source, moments);
        Rows = new double[moments.Length * source.Dimensions];
        Targets = new double[moments.Length * source.Horizon];
        Levels = new double[moments.Length];
    }

    public SampleSource Source { get; }
    public Moment[] Moments { get; }
    public int Count => Moments.Length;
    public int Dimensions => Source.Dimensions;
    public int Horizon => Source.Horizon;

    /// <summary>Row-major features; NaN = unknown.</summary>
    public double[] Rows { get; }

    /// <summary>Row-major, in the model's space; NaN = not measured, or not yet.</summary>
    public double[] Targets { get; }

    public double[] Levels { get; }

    public ReadOnlySpan<double> Row(int sample) => Rows.AsSpan(sample * Dimensions, Dimensions);

    public ReadOnlySpan<double> Target(int sample) => Targets.AsSpan(sample * Horizon, Horizon);

    public Grid GridOf(int sample) => Source.Panels[Moments[sample].Panel].Grid;

    public Samples Subset(Func<int, bool> take)
    {
        int[] kept = [.. Enumerable.Range(0, Count).Where(take)];
        var subset = new Samples(Source, [.. kept.Select(i => Moments[i])]);
        for (int i = 0; i < kept.Length; i++)
        {
            Row(kept[i]).CopyTo(subset.Rows.AsSpan(i * Dimensions));
            Target(kept[i]).CopyTo(subset.Targets.AsSpan(i * Horizon));
            subset.Levels[i] = Levels[kept[i]];
        }
        return subset;
    }

    /// <summary>Samples whose last target step is before this one: all that could have been learned from then.</summary>
    public Samples KnownBefore(int step) => Subset(i => Moments[i].Origin + Horizon <= step);

    public static Samples Take(SampleSource source, IEnumerable<Moment> moments)
    {
        var samples = new Samples(source, [.. moments.OrderBy(moment => moment.Origin).ThenBy(moment => moment.Panel)]);
        for (int i = 0; i < samples.Count; i++)
        {
            var (panel, origin) = samples.Moments[i];
            source.Builders[panel].Fill(origin, source.Outlooks[panel], samples.Rows.AsSpan(i * samples.Dimensions, samples.Dimensions));
            samples.Levels[i] = source.Builders[panel].Level(origin);
            source.CopyTargets(panel, origin, samples.Levels[i], samples.Targets.AsSpan(i * samples.Horizon, samples.Horizon));
        }
        return samples;
    }
}

/// <summary>Panels, recipe, transform and horizon that belong together.</summary>
internal sealed class SampleSource
{
    public SampleSource(IReadOnlyList<Panel> panels, FeatureRecipe recipe, Transform transform, int horizon, bool perfectOutlook = false)
    {
        (Panels, Recipe, Transform, Horizon) = (panels, recipe, transform, horizon);
        Builders = [.. panels.Select(panel => new FeatureBuilder(panel, recipe, transform, horizon))];
        Outlooks = [.. panels.Select(panel => perfectOutlook ? Outlook.Perfect(panel, recipe.Outlook) : Outlook.Nothing)];
    }

    public IReadOnlyList<Panel> Panels { get; }
    public FeatureRecipe Recipe { get; }
    public Transform Transform { get; }
    public int Horizon { get; }
    public FeatureBuilder[] Builders { get; }

    /// <summary>What each panel knows in advance; a caller who brings a forecast replaces its entry.</summary>
    public Outlook[] Outlooks { get; }

    public int Dimensions => Builders[0].Names.Length;

    /// <summary>Moments every <paramref name="every"/> steps of [from, to) where the local hour (or weekday) fits the stride.</summary>
    public IEnumerable<Moment> Moments(int from, int to, int every, int phase = 0)
    {
        int first = Math.Max(from, Recipe.Reach);
        for (int origin = first; origin < to; origin++)
        {
            if ((origin + phase) % every != 0)
                continue;
            for (int panel = 0; panel < Panels.Count; panel++)
                yield return new Moment(panel, origin);
        }
    }

    public void CopyTargets(int panel, int origin, double level, Span<double> into)
    {
        double[] target = Panels[panel].Target;
        for (int h = 0; h < into.Length; h++)
            into[h] = origin + h < target.Length ? Transform.Level(Transform.Bend(target[origin + h]), level) : double.NaN;
    }
}
