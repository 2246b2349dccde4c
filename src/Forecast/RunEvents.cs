using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Hosting;

namespace Rialto.Forecast;

/// <summary>Work that goes on beside the request that began it: a load, a training, a test.</summary>
internal interface IRun
{
    /// <summary>waiting, running, done, failed or cancelled.</summary>
    string State { get; }

    /// <summary>Two views of a run with the same mark tell the same.</summary>
    string Mark { get; }

    bool Ended => State is not ("waiting" or "running");
}

/// <summary>
/// A run as server-sent events: what it is now, then what it is each time it changes, until it has ended. Every event is the whole of it, so nothing is lost between two
/// streams. Its id is the mark: who comes back with it as <c>Last-Event-ID</c> is told only what is new, and of a run whose end he knows, 204, after which a browser stays away.
/// </summary>
internal sealed class RunEvents(TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(500);

    /// <summary>An event is told again after so long: what stands between takes a silent line for a dead one.</summary>
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(15);

    /// <summary>Who listens comes back after so long, so that a key or a session that was ended meanwhile ends this too.</summary>
    private static readonly TimeSpan StreamMax = TimeSpan.FromMinutes(5);

    /// <param name="look">The run as it is now; null when there is none.</param>
    /// <param name="absent">The answer then.</param>
    public async Task<Results<ServerSentEventsResult<T>, NoContent, TAbsent>> AnswerAsync<T, TAbsent>(
        HttpContext context, string kind, Func<CancellationToken, Task<T?>> look, TAbsent absent)
        where T : class, IRun
        where TAbsent : IResult
    {
        if (await look(context.RequestAborted) is not { } run)
            return absent;
        string told = context.Request.Headers["Last-Event-ID"].ToString();
        return run.Ended && run.Mark == told ? TypedResults.NoContent() : TypedResults.ServerSentEvents(TellAsync(run, told, kind, look, context.RequestAborted));
    }

    private async IAsyncEnumerable<SseItem<T>> TellAsync<T>(T? run, string told, string kind, Func<CancellationToken, Task<T?>> look, [EnumeratorCancellation] CancellationToken stop)
        where T : class, IRun
    {
        using var pulse = new PeriodicTimer(Pulse, clock);
        // A host that stops does not wait for its listeners.
        using var stopping = lifetime.ApplicationStopping.Register(pulse.Dispose);
        long begun = clock.GetTimestamp(), last = begun;
        for (; run is not null; run = await look(stop))
        {
            if (run.Mark != told || clock.GetElapsedTime(last) >= SilenceMax)
            {
                (told, last) = (run.Mark, clock.GetTimestamp());
                yield return new SseItem<T>(run, kind) { EventId = told, ReconnectionInterval = Pulse };
            }
            if (run.Ended || clock.GetElapsedTime(begun) >= StreamMax || !await pulse.WaitForNextTickAsync(stop))
                yield break;
        }
    }
}
