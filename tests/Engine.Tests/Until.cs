using System.Diagnostics;

namespace Rialto.Engine.Tests;

/// <summary>Waits for a condition, with a deadline.</summary>
internal static class Until
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<Task<bool>> condition, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(began) > Deadline)
                throw new TimeoutException("The condition did not come true in time");
            await Task.Delay(10, cancel);
        }
    }
}
