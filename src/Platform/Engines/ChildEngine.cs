using Microsoft.Extensions.Logging;

namespace Rialto.Platform.Engines;

/// <summary>What the supervisor must know of an engine. Two exist: PostgreSQL and ClickHouse.</summary>
internal abstract class ChildEngine
{
    public abstract string Name { get; }

    /// <summary>What asks the process to stop in good order.</summary>
    public abstract Signal StopSignal { get; }

    /// <summary>How long a stop in good order may take before it is forced; nothing committed is lost by force either.</summary>
    public virtual TimeSpan StopPatience => TimeSpan.FromSeconds(20);

    /// <summary>
    /// Does what must be done before each start (also after a crash), such as ending orphans, and says what to start.
    /// Called again for every restart.
    /// </summary>
    public abstract Task<ChildCommand> PrepareAsync(CancellationToken stop);

    /// <summary>True when it answers. Throws or returns false while it does not.</summary>
    public abstract Task<bool> ProbeAsync(CancellationToken stop);

    /// <summary>How important a line of its output is, and the line without what repeats in each.</summary>
    public virtual (LogLevel Level, string Text) Read(string line) => (LogLevel.Information, line);
}
