using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace Rialto.Platform.Jobs;

/// <summary>Why a run's token was cancelled.</summary>
internal enum LeaseEnding
{
    /// <summary>The node stops.</summary>
    Stopped,

    /// <summary>Somebody asked for it.</summary>
    Cancelled,

    /// <summary>One attempt may not take longer.</summary>
    TimedOut,

    /// <summary>Another runner has the job, or may have: the lease could not be renewed in time.</summary>
    Lost,
}

/// <summary>Renews the leases of the runs of this node and hears of their cancellation.</summary>
internal sealed class JobHeartbeats(NpgsqlDataSource postgres, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Lease, bool> _held = new();

    /// <summary>Looks after all runs now; something may have been cancelled.</summary>
    public void Wake()
    {
        foreach (var lease in _held.Keys) lease.Wake();
    }

    public Lease Begin(JobRun run, JobPolicy policy, CancellationToken stop)
    {
        var lease = new Lease(this, run, policy, stop);
        _held[lease] = true;
        lease.Begin();
        return lease;
    }

    internal sealed class Lease(JobHeartbeats heartbeats, JobRun run, JobPolicy policy, CancellationToken stop) : IDisposable
    {
        private readonly CancellationTokenSource _source = CancellationTokenSource.CreateLinkedTokenSource(stop);
        private readonly CancellationTokenSource _released = new();
        private readonly SemaphoreSlim _wake = new(0, 1);
        private Task _beating = Task.CompletedTask;

        public CancellationToken Token => _source.Token;

        /// <summary>Valid when <see cref="Token"/> is cancelled.</summary>
        public LeaseEnding Ending { get; private set; }

        public void Begin() => _beating = BeatAsync();

        public void Wake()
        {
            try
            {
                _wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // It is awake already.
            }
        }

        public void Dispose()
        {
            heartbeats._held.TryRemove(this, out _);
            _released.Cancel();
            // The loop ends by itself; the sources it may still look at are left to the collector.
            _ = _beating;
        }

        private async Task BeatAsync()
        {
            var beganAt = heartbeats.Clock.GetTimestamp();
            var renewedAt = beganAt;
            while (!_released.IsCancellationRequested && !_source.IsCancellationRequested)
            {
                await PauseAsync();
                if (_released.IsCancellationRequested) return;
                var askedAt = heartbeats.Clock.GetTimestamp();
                switch (await heartbeats.RenewAsync(run, policy))
                {
                    case Renewal.Held:
                        renewedAt = askedAt;
                        break;
                    case Renewal.Cancelled:
                        End(LeaseEnding.Cancelled);
                        return;
                    case Renewal.Lost:
                    case Renewal.NoAnswer when heartbeats.Clock.GetElapsedTime(renewedAt) > policy.Lease:
                        End(LeaseEnding.Lost);
                        return;
                }
                if (heartbeats.Clock.GetElapsedTime(beganAt) > policy.AttemptTime)
                {
                    End(LeaseEnding.TimedOut);
                    return;
                }
            }
        }

        private async Task PauseAsync()
        {
            try
            {
                await _wake.WaitAsync(policy.Lease / 3, _released.Token);
            }
            catch (OperationCanceledException)
            {
                // Released.
            }
        }

        private void End(LeaseEnding ending)
        {
            Ending = ending;
            _source.Cancel();
        }
    }

    private enum Renewal
    {
        Held,
        Cancelled,
        Lost,

        /// <summary>The database did not answer, which says nothing.</summary>
        NoAnswer,
    }

    private TimeProvider Clock => clock;

    private async Task<Renewal> RenewAsync(JobRun run, JobPolicy policy)
    {
        try
        {
            await using var connection = await postgres.OpenConnectionAsync();
            var cancelled = await connection.ExecuteScalarAsync<bool?>(
                """
                UPDATE platform.job SET lease_until = clock_timestamp() + @Lease
                 WHERE id = @Id AND fence = @Fence AND state = 'running'
                RETURNING cancel_requested
                """,
                new { run.Id, run.Fence, policy.Lease });
            return cancelled switch { null => Renewal.Lost, true => Renewal.Cancelled, false => Renewal.Held };
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or ObjectDisposedException)
        {
            return Renewal.NoAnswer;
        }
    }
}
