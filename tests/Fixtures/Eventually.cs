namespace Rialto.Fixtures;

/// <summary>Waits for what happens by itself: a condition with a deadline, never a fixed time.</summary>
public static class Eventually
{
    /// <summary>Far beyond what anything takes on a loaded machine; only a failing test waits for it.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <exception cref="TimeoutException">It never became true; <paramref name="what"/> says what.</exception>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var beganAt = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(beganAt) > Deadline) throw new TimeoutException("Never came true: " + what);
            await Task.Delay(Pause);
        }
    }

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);
}
