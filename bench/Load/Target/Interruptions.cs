using System.Diagnostics;

namespace Rialto.Bench.Load.Target;

/// <summary>
/// What the machine itself does to programs that keep all of its cores busy: a thread for each core that only looks at the clock notes when it could not. No latency
/// that is measured beside it can be better than that.
/// </summary>
internal static class Interruptions
{
    private const double CountedFromMs = 2;

    public static async Task<FormattableString> ObserveAsync(TimeSpan time)
    {
        var gaps = (await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(_ => Task.Factory.StartNew(() => Watch(time), TaskCreationOptions.LongRunning)))).SelectMany(mine => mine).Order().ToArray();
        return
            $"the machine itself: threads on all cores that only look at the clock were away for more than {CountedFromMs:F0} ms {gaps.Length / time.TotalSeconds:F1} times a second, {gaps.Sum() / (time.TotalMilliseconds * Environment.ProcessorCount):P1} of the time, longest {gaps.LastOrDefault():F0} ms";
    }

    private static List<double> Watch(TimeSpan time)
    {
        var gaps = new List<double>();
        var began = Stopwatch.GetTimestamp();
        for (var last = began; Stopwatch.GetElapsedTime(began, last) < time;)
        {
            var now = Stopwatch.GetTimestamp();
            if (Stopwatch.GetElapsedTime(last, now).TotalMilliseconds is > CountedFromMs and var gap)
                gaps.Add(gap);
            last = now;
        }

        return gaps;
    }
}
