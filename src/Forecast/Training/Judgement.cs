using Rialto.Forecast.Backtests;
using Rialto.Forecast.Intervals;
using Rialto.Forecast.Models;

namespace Rialto.Forecast.Training;

/// <summary>What a rolling backtest says of a model: who answers which part of the horizon, how well, with what intervals.</summary>
internal sealed class Judgement
{
    /// <summary>Days after which an ensemble's weights are learned again in the backtest, and days of outcomes it learns them from.</summary>
    private const int RelearnDays = 30, LearnDays = 365;

    public required string Primary { get; init; }

    /// <summary>Forecasters that the weights speak of; the baselines stand among them because one may answer a part.</summary>
    public required IReadOnlyList<string> Components { get; init; }

    /// <summary>By step, then component.</summary>
    public required double[][] Weights { get; init; }

    /// <summary>By step: the primary, or the baseline that it does not beat there.</summary>
    public required string[] AnsweredBy { get; init; }

    public required double[] Scales { get; init; }
    public required RollingIntervals Intervals { get; init; }
    public required int BandCapacity { get; init; }
    public required IReadOnlyList<ModelScore> Scores { get; init; }

    /// <summary>Of what answers: the primary, and a baseline where it is not better.</summary>
    public required Score Served { get; init; }

    public required string BestBaseline { get; init; }
    public required Skill Skill { get; init; }
    public required IReadOnlyList<PartVerdict> Parts { get; init; }
    public required Coverage Coverage { get; init; }
    public required Gate Gate { get; init; }

    public static Judgement Of(BacktestRun run, TestPlan plan, ModelSetup setup)
    {
        var samples = run.Samples;
        var grid = samples.Source.Panels[0].Grid;
        int day = grid.StepsPerDay, horizon = samples.Horizon;
        string primary = ModelSet.PrimaryOf(setup.Kind, grid.Season);
        string[] baselines = [.. ModelSet.BaselinesOf(grid.Season).Select(model => model.Name)];
        var (components, weights, values) = Answer(run, setup, primary, grid.Season, RelearnDays * day, LearnDays * day);
        bool Scored(int sample, int step) => samples.Moments[sample].Origin >= plan.Scored;

        double[] scales = Score.SeasonalScales(samples.Source, plan.Scored);
        var scores = run.Names.Select(name => ScoreOf(run, name, run.Values[name], scales, Scored)).Where(score => score.All.Count > 0).ToList();
        if (!run.Values.ContainsKey(primary))
            scores.Insert(0, ScoreOf(run, primary, values, scales, Scored));
        string best = baselines.Where(name => scores.Any(score => score.Model == name)).MinBy(name => scores.Single(score => score.Model == name).All.Mae)
            ?? throw new TooLittleDataException(0);
        var parts = JudgeParts(run, primary, values, baselines, setup, Scored).ToArray();
        string[] answeredBy = new string[horizon];
        double[] served = [.. values];
        foreach (var part in parts)
        {
            for (int h = part.From - 1; h < part.To; h++)
            {
                answeredBy[h] = part.AnsweredBy;
                for (int i = 0; part.AnsweredBy != primary && i < samples.Count; i++)
                    served[i * horizon + h] = run.Values[part.AnsweredBy][i * horizon + h];
            }
        }
        int capacity = Math.Max(1, TestPlan.MemoryDays * day / setup.OriginEvery);
        var intervals = RollingIntervals.Of(run, served, scales, setup.Level, capacity, plan.Scored);
        var coverage = CoverageOf(run, intervals, setup, plan, day);
        if (coverage.All.Count == 0)
            throw new TooLittleDataException((plan.End - plan.From) / day);
        var skill = Skill.Of(run, served, run.Values[best], setup.Seed, Scored);
        int scored = samples.Moments.Count(moment => moment.Origin >= plan.Scored);
        return new Judgement
        {
            Primary = primary, Components = components, Weights = weights, AnsweredBy = answeredBy, Scales = scales, Intervals = intervals, BandCapacity = capacity,
            Scores = scores, Served = Score.Of(samples, served, scales, Scored), BestBaseline = best, Skill = skill, Parts = parts, Coverage = coverage,
            Gate = PromotionGate.Judge(setup, best, skill, parts, coverage, scored, scored * horizon / samples.Source.Panels.Count),
        };
    }

    public IReadOnlyList<WeightOf> WeightTable()
    {
        var table = new List<WeightOf>();
        for (int from = 0, to = 1; from < Weights.Length; from = to, to = from + 1)
        {
            while (to < Weights.Length && Weights[to].SequenceEqual(Weights[from]))
                to++;
            table.Add(new WeightOf(from + 1, to, Components.Zip(Weights[from]).ToDictionary(pair => pair.First, pair => pair.Second)));
        }
        return table;
    }

    private static (IReadOnlyList<string> Components, double[][] Weights, double[] Values) Answer(
        BacktestRun run, ModelSetup setup, string primary, int season, int relearnEvery, int window)
    {
        if (setup.Kind != ModelKind.Ensemble)
            return ([primary], [.. Enumerable.Repeat(new[] { 1.0 }, run.Samples.Horizon)], run.Values[primary]);
        var mixed = ModelSet.Mixed(season);
        var blend = RollingBlend.Of(run, mixed, relearnEvery, window);
        return (mixed, blend.Latest, blend.Values);
    }

    private static ModelScore ScoreOf(BacktestRun run, string name, double[] values, double[] scales, Func<int, int, bool> scored)
    {
        var samples = run.Samples;
        Score Where(Func<int, int, bool> also) => Score.Of(samples, values, scales, (i, h) => scored(i, h) && also(i, h));
        return new ModelScore(
            name, Score.Of(samples, values, scales, scored),
            [.. Enumerable.Range(0, samples.Horizon).Select(step => (step, score: Where((_, h) => h == step))).Where(one => one.score.Count > 0)
                .Select(one => new StepScore(one.step + 1, one.score.Mae, one.score.Rmse))],
            [.. samples.Source.Panels.Select((panel, p) => (panel.Name, score: Where((i, _) => samples.Moments[i].Panel == p))).Where(one => one.score.Count > 0)
                .Select(one => new PlaceScore(one.Name, one.score.Mae, one.score.Rmse, one.score.Mase))]);
    }

    private static IEnumerable<PartVerdict> JudgeParts(
        BacktestRun run, string primary, double[] values, string[] baselines, ModelSetup setup, Func<int, int, bool> scored)
    {
        int horizon = run.Samples.Horizon, from = 0;
        double[] even = [.. Enumerable.Repeat(1.0, run.Samples.Source.Panels.Count)];
        foreach (int end in RollingBlend.PartEnds.Where(end => end < horizon).Append(horizon))
        {
            int first = from;
            bool InPart(int i, int h) => h >= first && h < end && scored(i, h);
            string baseline = baselines.MinBy(name => Score.Of(run.Samples, run.Values[name], even, InPart).Mae)!;
            var skill = Skill.Of(run, values, run.Values[baseline], setup.Seed, InPart);
            yield return new PartVerdict(first + 1, end, baseline, skill, skill.Lower > 0 || primary == baseline ? primary : baseline);
            from = end;
        }
    }

    private static Coverage CoverageOf(BacktestRun run, RollingIntervals intervals, ModelSetup setup, TestPlan plan, int day)
    {
        var samples = run.Samples;
        bool Scored(int i) => samples.Moments[i].Origin >= plan.Scored;
        IntervalScore Where(Func<int, int, bool> counts) => IntervalScore.Of(run, intervals, setup.Level, (i, h) => Scored(i) && counts(i, h));
        double exceedance = setup.Exceedance ?? Quantile(samples, plan.Scored, 0.9);
        var high = Where((i, h) => samples.Source.Panels[samples.Moments[i].Panel].Target[samples.Moments[i].Origin + h] > exceedance);
        return new Coverage(
            setup.Level, Where((_, _) => true), high.Count == 0 ? null : high, exceedance,
            IntervalScore.WorstSpan(run, intervals, setup.Level, plan.Scored, RelearnDays * day),
            [.. Enumerable.Range(0, samples.Horizon).Select(step => (step, score: Where((_, h) => h == step))).Where(one => one.score.Count > 0)
                .Select(one => new StepCoverage(one.step + 1, one.score.Coverage, one.score.Width))],
            [.. samples.Source.Panels.Select((panel, p) => (panel.Name, score: Where((i, _) => samples.Moments[i].Panel == p))).Where(one => one.score.Count > 0)
                .Select(one => new PlaceCoverage(one.Name, one.score.Coverage, one.score.Width))],
            [.. Band.Levels.Zip(intervals.Calibration.Tested).Where(one => one.Second.Count > 0)
                .Select(one => new LevelCoverage(one.First, 1 - (double)one.Second.Missed / one.Second.Count, one.Second.Count))]);
    }

    private static double Quantile(Features.Samples samples, int before, double share)
    {
        double[] past = [.. samples.Source.Panels.SelectMany(panel => panel.Target.Take(before)).Where(value => !double.IsNaN(value)).Order()];
        return past.Length == 0 ? 0 : past[(int)(share * (past.Length - 1))];
    }
}
