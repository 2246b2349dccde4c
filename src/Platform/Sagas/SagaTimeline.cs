namespace Rialto.Platform.Sagas;

/// <summary>What sagas have done for one subject.</summary>
public sealed record SagaTimeline(IReadOnlyList<SagaTimeline.SagaRun> Runs, IReadOnlyList<SagaTimeline.SagaStep> Steps, IReadOnlyList<SagaTimeline.SagaCall> Calls)
{
    public sealed class SagaRun
    {
        public required Guid Id { get; init; }
        public required string Kind { get; init; }

        /// <summary>running, undoing, done, undone or operator.</summary>
        public required string State { get; init; }

        public string? UndoReason { get; init; }
        public string? Reason { get; init; }
        public string? Lane { get; init; }

        /// <summary>A connector's name, or what is expected of a person.</summary>
        public string? WaitingOn { get; init; }

        public DateTimeOffset? WaitingSince { get; init; }
        public DateTimeOffset? RetryAt { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
    }

    public sealed class SagaStep
    {
        public required Guid Run { get; init; }
        public required string Name { get; init; }

        /// <summary>do or undo.</summary>
        public required string Direction { get; init; }

        /// <summary>planned, sent, unknown, done, refused or skipped.</summary>
        public required string State { get; init; }

        public string? Connector { get; init; }
        public string? ExternalKey { get; init; }
        public required int Attempts { get; init; }
        public string? Detail { get; init; }
        public DateTimeOffset? SentAt { get; init; }
        public required DateTimeOffset UpdatedAt { get; init; }
    }

    /// <summary>One external call under a key of these steps.</summary>
    public sealed class SagaCall
    {
        public required string Connector { get; init; }
        public required string Operation { get; init; }
        public required string ExternalKey { get; init; }
        public required DateTimeOffset SentAt { get; init; }
        public required DateTimeOffset EndedAt { get; init; }

        /// <summary>ok, refused, not_sent, unknown or malformed.</summary>
        public required string Outcome { get; init; }

        public int? Status { get; init; }
        public string? Detail { get; init; }
    }
}
