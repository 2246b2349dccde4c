using System.Globalization;
using System.Text.Json;
using Rialto.Forecast.Registry;

namespace Rialto.Forecast.Loads;

/// <summary>A run of the load.</summary>
internal sealed record LoadView : IRun
{
    public Guid Id { get; init; }

    /// <summary>The file's name, or the source's.</summary>
    public string Name { get; init; } = "";

    /// <summary>waiting, running, done, failed or cancelled.</summary>
    public string State { get; init; } = "";

    /// <summary>0 to 1 while it runs, as far as it can be known.</summary>
    public double Progress { get; init; }

    public long? Bytes { get; init; }

    /// <summary>Rows read, the header not counted.</summary>
    public long Rows { get; init; }

    /// <summary>Values that were not there before.</summary>
    public long Added { get; init; }

    /// <summary>Values that were there already, the same.</summary>
    public long Unchanged { get; init; }

    /// <summary>Values that replaced another one; the one before is kept and can be read again.</summary>
    public long Corrected { get; init; }

    /// <summary>Rows and cells that could not be taken.</summary>
    public long Rejected { get; init; }

    /// <summary>Cells that say "not measured".</summary>
    public long Missing { get; init; }

    /// <summary>How many were rejected by which code.</summary>
    public Dictionary<string, long> RejectCounts { get; init; } = [];

    /// <summary>The first rejected ones; empty in lists of runs, and in events until the run has ended.</summary>
    public IReadOnlyList<Reject> Rejects { get; init; } = [];

    /// <summary>Why the whole load failed.</summary>
    public LoadFailure? Failure { get; init; }

    /// <summary>What the loaded series look like; when the load is done, and not in lists.</summary>
    public QualityReport? Report { get; init; }

    public string Actor { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    string IRun.Mark => string.Create(CultureInfo.InvariantCulture, $"{State}/{Progress}/{Rows}");
}

/// <param name="Code">Stable kebab-case word, such as columns-missing or source-unreachable.</param>
internal sealed record LoadFailure(string Code, string Message);

/// <summary>The row of <see cref="LoadView"/>.</summary>
internal sealed class LoadRow
{
    public Guid Id { get; init; }
    public long Number { get; init; }
    public string Name { get; init; } = "";
    public string State { get; init; } = "";
    public long? Bytes { get; init; }
    public long BytesRead { get; init; }
    public long Rows { get; init; }
    public long Added { get; init; }
    public long Unchanged { get; init; }
    public long Corrected { get; init; }
    public long Rejected { get; init; }
    public long Missing { get; init; }
    public string RejectCounts { get; init; } = "{}";
    public string? ErrorCode { get; init; }
    public string? Error { get; init; }
    public string? Report { get; init; }
    public string Mapping { get; init; } = "{}";
    public int? Source { get; init; }
    public Guid? Job { get; init; }
    public string Actor { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>A run whose job was cancelled or died knows it only through the job.</summary>
    public const string Select =
        """
        SELECT l.id, l.number, l.name, l.bytes, l.bytes_read, l.rows, l.added, l.unchanged, l.corrected, l.rejected, l.missing, l.reject_counts::text, l.error_code, l.error,
               l.report::text, l.mapping::text, l.source, l.job, identity.actor_name(l.actor) AS actor, l.created_at, l.started_at, coalesce(l.finished_at, j.finished_at) AS finished_at,
               CASE WHEN l.state NOT IN ('waiting', 'running') THEN l.state
                    WHEN j.state IN ('cancelled', 'discarded') THEN 'cancelled'
                    WHEN j.state = 'parked' OR j.id IS NULL THEN 'failed'
                    ELSE l.state END AS state
          FROM forecast.load l LEFT JOIN platform.job j ON j.id = l.job
        """;

    public LoadView ToView(IReadOnlyList<Reject> rejects, bool whole) => new()
    {
        Id = Id, Name = Name, State = State, Bytes = Bytes, Rows = Rows, Added = Added, Unchanged = Unchanged, Corrected = Corrected, Rejected = Rejected, Missing = Missing,
        Progress = State == "done" ? 1 : Bytes > 0 ? Math.Round(Math.Min(0.99, (double)BytesRead / Bytes.Value), 4) : 0,
        RejectCounts = JsonSerializer.Deserialize<Dictionary<string, long>>(RejectCounts)!,
        Rejects = rejects,
        Failure = State == "failed" ? new LoadFailure(ErrorCode ?? "load-broken", Error ?? "The load broke off too often; an operator can look at its job.") : null,
        Report = whole && Report is not null ? JsonSerializer.Deserialize<QualityReport>(Report, RegistryJson.Options) : null,
        Actor = Actor, CreatedAt = CreatedAt, StartedAt = StartedAt, FinishedAt = FinishedAt,
    };
}
