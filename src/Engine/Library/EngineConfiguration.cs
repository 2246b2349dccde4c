using System.Globalization;
using System.Xml.Linq;

namespace Rialto.Engine.Library;

/// <summary>What the engine is told about its machine: a server configuration file beside the tables and the settings every session starts with.</summary>
internal static class EngineConfiguration
{
    /// <summary>Writes the configuration and returns the library's arguments.</summary>
    public static List<string> Write(Options options)
    {
        Directory.CreateDirectory(options.Data);
        var file = Path.Combine(options.Data, "engine.xml");
        // Caches are bounded by the memory limit they count into; the defaults are for servers with hundreds of GiB.
        var cache = Math.Min(options.MemoryLimit / 16, 512L << 20);
        var merges = Math.Max(2, options.Threads);
        var configuration = new XElement(
            "clickhouse",
            Value("max_server_memory_usage", options.MemoryLimit),
            Value("mark_cache_size", cache),
            Value("index_mark_cache_size", cache),
            Value("primary_index_cache_size", cache),
            Value("text_index_tokens_cache_size", cache),
            Value("text_index_header_cache_size", cache),
            Value("text_index_postings_cache_size", cache),
            Value("vector_similarity_index_cache_size", 1 << 20),
            Value("query_condition_cache_size", Math.Min(cache, 64 << 20)),
            // Two merges at a time on two cores; a ratio of 2 lets a small merge pass a big one.
            Value("background_pool_size", merges),
            Value("background_merges_mutations_concurrency_ratio", 2),
            Value("background_schedule_pool_size", merges),
            new XElement(
                "merge_tree",
                // An answered insert is on the disk. The spool's segment is deleted on that answer.
                Value("fsync_after_insert", options.Fsync ? 1 : 0),
                Value("fsync_part_directory", options.Fsync ? 1 : 0)));
        File.WriteAllText(file, configuration.ToString());
        return
        [
            $"--path={options.Data}",
            $"--config-file={file}",
            $"--max_threads={options.Threads.ToString(CultureInfo.InvariantCulture)}",
            // As on a server: a text without a known first word is an error, not an expression.
            "--implicit_select=0",
            // The sampling profilers interrupt threads by signals, of which some belong to .NET, and nothing here reads their log.
            "--query_profiler_real_time_period_ns=0",
            "--query_profiler_cpu_time_period_ns=0",
            "--memory_profiler_step=0",
            // Inserts are batched by the loader; the engine's own batching would answer before or much after the data is stored.
            "--async_insert=0",
        ];
    }

    private static XElement Value(string name, long value) => new(name, value.ToString(CultureInfo.InvariantCulture));
}
