namespace Rialto.Forecast.Intervals;

/// <summary>
/// The bands of all places and steps, fed with predictions in order of time. A prediction teaches only once its outcome is measured, which
/// is before the origin of every prediction that is asked for later.
/// </summary>
internal sealed class Calibration
{
    /// <summary>Below this many own scores a band borrows those of the other places at the same step.</summary>
    public const int OwnScoresMin = 200;

    private readonly Band[] _bands;
    private readonly int _horizon;
    private readonly int _panels;
    private readonly Queue<Waiting>[] _waiting;
    private readonly (int Count, int Missed)[] _tested = new (int, int)[Band.Levels.Length];

    /// <param name="capacity">Scores a band keeps: 180 days of origins.</param>
    public Calibration(int panels, int horizon, int capacity)
    {
        (_panels, _horizon) = (panels, horizon);
        _bands = [.. Enumerable.Range(0, panels * horizon).Select(_ => new Band(capacity))];
        _waiting = [.. _bands.Select(_ => new Queue<Waiting>())];
    }

    private Calibration(int panels, int horizon, Band[] bands)
    {
        (_panels, _horizon, _bands) = (panels, horizon, bands);
        _waiting = [.. bands.Select(_ => new Queue<Waiting>())];
    }

    /// <summary>Outcomes from this step on are counted in <see cref="Tested"/>.</summary>
    public int TestedFrom { get; init; } = int.MaxValue;

    /// <summary>How many outcomes each of <see cref="Band.Levels"/> was tested on, and how many it missed.</summary>
    public IReadOnlyList<(int Count, int Missed)> Tested => _tested;

    /// <summary>The interval in the units of the series; null before anything was learned.</summary>
    /// <param name="reach">How uncertain this one prediction looks, see <see cref="Uncertainty"/>.</param>
    public (double Lower, double Upper)? Interval(int panel, int step, double level, double value, Reach reach)
    {
        var band = _bands[panel * _horizon + step];
        var scores = band.Count >= OwnScoresMin ? band.Scores : Pooled(step);
        if (scores.Count == 0)
            return null;
        var (below, above) = band.Rates(level);
        var (lower, upper) = Band.Ends(scores, below, above);
        return (value + Math.Min(lower, 0) * reach.Below, value + Math.Max(upper, 0) * reach.Above);
    }

    public int ScoreCount(int panel, int step) =>
        _bands[panel * _horizon + step].Count is var own && own >= OwnScoresMin ? own : Pooled(step).Count;

    /// <summary>Remembers a prediction until its outcome is known. Predictions of one place must come in order of their origins.</summary>
    /// <param name="outcome">NaN = will never be known.</param>
    public void Predicted(int panel, int step, int origin, double value, Reach reach, double outcome)
    {
        if (double.IsNaN(outcome) || double.IsNaN(value))
            return;
        var ends = new (double, double)?[Band.Levels.Length];
        for (int level = 0; level < ends.Length; level++)
            ends[level] = Interval(panel, step, Band.Levels[level], value, reach);
        _waiting[panel * _horizon + step].Enqueue(new Waiting(origin + step, (outcome - value) / (outcome < value ? reach.Below : reach.Above), outcome, ends));
    }

    /// <summary>Learns from every prediction whose outcome lies before this step.</summary>
    public void LearnBefore(int step)
    {
        for (int i = 0; i < _bands.Length; i++)
        {
            while (_waiting[i].TryPeek(out var waiting) && waiting.KnownAt < step)
            {
                _ = _waiting[i].Dequeue();
                for (int level = 0; level < waiting.Ends.Length; level++)
                {
                    if (waiting.Ends[level] is not var (lower, upper))
                        continue;
                    _bands[i].Steer(level, waiting.Outcome < lower, waiting.Outcome > upper);
                    if (waiting.KnownAt >= TestedFrom)
                        _tested[level] = (_tested[level].Count + 1, _tested[level].Missed + (waiting.Outcome < lower || waiting.Outcome > upper ? 1 : 0));
                }
                _bands[i].Add(waiting.Score);
            }
        }
    }

    public BandState[] Save() => Array.ConvertAll(_bands, band => band.Save());

    public static Calibration Restore(BandState[] states, int panels, int horizon, int capacity) =>
        new(panels, horizon, Array.ConvertAll(states, state => Band.Restore(state, capacity)));

    private List<double> Pooled(int step)
    {
        var pooled = new List<double>();
        for (int panel = 0; panel < _panels; panel++)
            pooled.AddRange(_bands[panel * _horizon + step].Scores);
        pooled.Sort();
        return pooled;
    }

    private readonly record struct Waiting(int KnownAt, double Score, double Outcome, (double Lower, double Upper)?[] Ends);
}
