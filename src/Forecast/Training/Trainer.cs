using System.Security.Cryptography;
using System.Runtime.InteropServices;
using Rialto.Forecast.Backtests;
using Rialto.Forecast.Features;
using Rialto.Forecast.Models;
using Rialto.Forecast.Series;

namespace Rialto.Forecast.Training;

/// <summary>What a training made: the model that answers and the card that says how well.</summary>
internal sealed record Trained(TrainedModel Model, Card Card);

/// <summary>
/// Trains and tests in one go, in order of time: a rolling backtest of every forecaster, weights and intervals as a service would have had them
/// at each moment, scores on the later part, the gate, then a last fit on all that is known.
/// </summary>
internal static class Trainer
{
    /// <summary>Share of the work that the backtest is; the rest is the last fit and the scores.</summary>
    private const double BacktestShare = 0.8;

    public static Trained Train(IReadOnlyList<Panel> panels, ModelSetup setup, Action<double, string>? progress = null, CancellationToken stop = default)
    {
        var source = new SampleSource(panels, setup.Features, setup.Transform, setup.Horizon, perfectOutlook: true);
        var plan = TestPlan.Of(source, setup);
        var origins = TestPlan.Origins(source, 0, plan.End, setup.OriginEvery).ToArray();
        var run = RollingBacktest.Run(
            source, new RollingPlan(plan.From, plan.End, plan.RefitEvery), origins, origins, samples => ModelSet.Fit(samples, setup, stop).All,
            share => progress?.Invoke(share * BacktestShare, "rolling backtest"), stop);
        var judged = Judgement.Of(run, plan, setup);
        progress?.Invoke(0.85, "last fit");
        stop.ThrowIfCancellationRequested();

        var known = Samples.Take(source, origins.Where(moment => moment.Origin + setup.Horizon <= plan.End));
        var fitted = ModelSet.Fit(known, setup, stop);
        stop.ThrowIfCancellationRequested();
        var model = new TrainedModel
        {
            Setup = setup,
            Places = [.. panels.Select(panel => panel.Name)],
            Start = panels[0].Grid.Start,
            Step = panels[0].Grid.Step,
            Until = panels[0].Grid.At(plan.End),
            Set = fitted,
            Components = judged.Components,
            Weights = judged.Weights,
            AnsweredBy = judged.AnsweredBy,
            Scales = judged.Scales,
            Bands = judged.Intervals.Calibration.Save(),
            BandCapacity = judged.BandCapacity,
            Widths = judged.Intervals.Widths,
        };
        progress?.Invoke(1, "done");
        return new Trained(model, CardOf(run, plan, setup, judged, known, fitted, source));
    }

    private static Card CardOf(BacktestRun run, TestPlan plan, ModelSetup setup, Judgement judged, Samples known, ModelSet fitted, SampleSource source)
    {
        var grid = source.Panels[0].Grid;
        return new Card
        {
            Primary = judged.Primary,
            TrainedFrom = grid.At(known.Moments[0].Origin),
            TrainedUntil = grid.At(plan.End),
            TestedFrom = grid.At(plan.Scored),
            Origins = run.Samples.Moments.Count(moment => moment.Origin >= plan.Scored),
            TrainingRows = known.Count,
            Features = source.Builders[0].Names,
            Search = (fitted.Neighbours as NeighbourForecaster)?.Algorithm.ToString() ?? "Recursive",
            Scores = judged.Scores,
            Served = judged.Served,
            BestBaseline = judged.BestBaseline,
            SkillOverBest = judged.Skill,
            Parts = judged.Parts,
            Coverage = judged.Coverage,
            Weights = judged.WeightTable(),
            Gate = judged.Gate,
            DataHash = HashOf(source.Panels, setup),
        };
    }

    private static string HashOf(IReadOnlyList<Panel> panels, ModelSetup setup)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var panel in panels)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes($"{panel.Name} {panel.Grid.Start:O} {panel.Grid.Step}"));
            foreach (string column in setup.Features.Companions.Concat(setup.Features.Weather).Concat(setup.Features.Outlook).Prepend(panel.TargetName))
                hash.AppendData(MemoryMarshal.AsBytes(panel.Column(column).AsSpan()));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
