using System.Globalization;

namespace Rialto.Engine;

/// <summary>What the engine is started with. <see cref="Parse"/> names the argument that is wrong.</summary>
internal sealed record Options
{
    /// <summary>Directory of the tables. One process owns it at a time; it is created when missing.</summary>
    public required string Data { get; init; }

    /// <summary>Path of the unix socket; made readable by this user alone. A stale file of a killed process is replaced.</summary>
    public required string Socket { get; init; }

    /// <summary>Path of <c>libchdb.so</c>.</summary>
    public required string Library { get; init; }

    /// <summary>Additional TCP port on the loopback interface, 0 for none. There is no password: for development and curl.</summary>
    public int Port { get; init; }

    /// <summary>All queries, inserts, merges and caches together. A query that would pass it fails with MEMORY_LIMIT_EXCEEDED.</summary>
    public long MemoryLimit { get; init; } = DefaultMemoryLimit();

    /// <summary>Statements that run at once; the next ones wait a little and then get TOO_MANY_SIMULTANEOUS_QUERIES.</summary>
    public int Concurrency { get; init; } = Math.Max(16, 4 * Environment.ProcessorCount);

    /// <summary>Threads one query may use (<c>max_threads</c>), and background threads for merges.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Largest request body. An insert streams through, so this bounds a mistake, not memory.</summary>
    public long BodyBytesMax { get; init; } = 4L << 30;

    /// <summary>Whether an acknowledged insert has been synced to the disk (<c>fsync_after_insert</c>, <c>fsync_part_directory</c> of every table).</summary>
    public bool Fsync { get; init; } = true;

    public const string Usage =
        "rialto-engine --data <dir> --socket <path> --library <libchdb.so> [--port n] [--memory-limit bytes] [--concurrency n] [--threads n] [--body-limit bytes] [--fsync on|off]";

    public static Options Parse(string[] args)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length || !args[i].StartsWith("--", StringComparison.Ordinal))
                throw new FormatException($"{args[i]} needs a value");
            given[args[i]] = args[i + 1];
        }

        var defaults = new Options { Data = "", Socket = "", Library = "" };
        var options = new Options
        {
            Data = Path.GetFullPath(Text("--data")),
            Socket = Path.GetFullPath(Text("--socket")),
            Library = Path.GetFullPath(Text("--library")),
            Port = (int)Number("--port", 0, 0, 65535),
            MemoryLimit = Number("--memory-limit", defaults.MemoryLimit, 256 << 20, long.MaxValue),
            Concurrency = (int)Number("--concurrency", defaults.Concurrency, 1, 1000),
            Threads = (int)Number("--threads", defaults.Threads, 1, 1024),
            BodyBytesMax = Number("--body-limit", defaults.BodyBytesMax, 1 << 20, long.MaxValue),
            Fsync = Take("--fsync") switch { null or "on" => true, "off" => false, var other => throw new FormatException($"--fsync is on or off, not {other}") },
        };
        if (given.Count > 0)
            throw new FormatException($"{given.Keys.First()} is not known");
        if (!File.Exists(options.Library))
            throw new FormatException($"--library {options.Library} does not exist; npm ci brings it");
        return options;

        string? Take(string name) => given.Remove(name, out var value) ? value : null;
        string Text(string name) => Take(name) is { Length: > 0 } value ? value : throw new FormatException($"{name} is missing");
        long Number(string name, long otherwise, long min, long max) =>
            Take(name) is not { } text ? otherwise
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value
            : throw new FormatException($"{name} is a number from {min} to {max}, not {text}");
    }

    // Half of the machine and at most 8 GiB: the host, PostgreSQL and the page cache live on the other half.
    private static long DefaultMemoryLimit() => Math.Min(8L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);
}
