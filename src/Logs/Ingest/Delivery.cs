using Rialto.Logs.Spool;

namespace Rialto.Logs.Ingest;

/// <summary>
/// Hands the filled batches of one request to the spool while the next ones are decoded, and knows at the end whether all of them are durable.
/// </summary>
internal sealed class Delivery(RecordSpool spool, Intake intake) : IDisposable
{
    /// <summary>Batches of one request that may wait for their commit: beyond it decoding waits, so a large body does not gather in memory.</summary>
    private const int WaitingMax = 4;

    private readonly Queue<Task<CommitOutcome>> _waiting = new(WaitingMax);

    /// <summary>The first outcome that was not <see cref="CommitOutcome.Durable"/>; nothing is sent to the spool after it.</summary>
    public CommitOutcome Outcome { get; private set; } = CommitOutcome.Durable;

    /// <summary>Sends what has been decoded so far; false when there is no use in decoding more.</summary>
    public async ValueTask<bool> SendAsync()
    {
        while (intake.TakeBatch() is { } batch)
        {
            while (_waiting.Count >= WaitingMax)
                Note(await _waiting.Dequeue());
            if (Outcome == CommitOutcome.Durable)
                _waiting.Enqueue(spool.AppendAsync(batch));
            else
                batch.Release();
        }

        return Outcome == CommitOutcome.Durable;
    }

    /// <summary>Sends the rest and waits until everything is durable, or is known not to be.</summary>
    public async ValueTask<CommitOutcome> CompleteAsync()
    {
        await SendAsync();
        while (_waiting.TryDequeue(out var outcome))
            Note(await outcome);
        return Outcome;
    }

    /// <summary>Ends when the spool has decided on everything that was sent to it.</summary>
    public Task Settled => _waiting.Count == 0 ? Task.CompletedTask : Task.WhenAll(_waiting);

    /// <summary>Lets go of what was decoded but not sent, when the sender is gone.</summary>
    public void Dispose()
    {
        while (intake.TakeBatch() is { } batch)
            batch.Release();
    }

    private void Note(CommitOutcome outcome)
    {
        if (Outcome == CommitOutcome.Durable)
            Outcome = outcome;
    }
}
