using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Logs.Query;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Logs.Search;

/// <summary>How many records there are over time.</summary>
/// <param name="From">The range that was counted.</param>
/// <param name="To">Its end, not included.</param>
/// <param name="StepSeconds">Length of a bucket; less than a second for short ranges.</param>
/// <param name="Buckets">All of them, also the empty ones; the first and the last may reach beyond the range, and count what lies in it.</param>
/// <param name="Total">Records in all buckets.</param>
/// <param name="Stats">What counting cost.</param>
internal sealed record Histogram(string From, string To, double StepSeconds, IReadOnlyList<HistogramBucket> Buckets, long Total, QueryStats Stats);

/// <param name="At">Its start, a round multiple of the step.</param>
/// <param name="Counts">Records by level; a level without records is left out.</param>
internal sealed record HistogramBucket(string At, IReadOnlyDictionary<string, long> Counts);

/// <summary><c>GET /api/logs/histogram</c></summary>
internal static class ReadHistogram
{
    private const int BucketsDefault = 60;
    private const int BucketsMax = 500;

    // Lengths that people count in, in milliseconds.
    private static readonly long[] Steps =
    [
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000,
        21_600_000, 43_200_000, 86_400_000, 172_800_000, 604_800_000, 1_209_600_000, 2_592_000_000,
    ];

    public static void Map(IEndpointRouteBuilder logs) =>
        logs.MapGet("/histogram", HandleAsync)
            .WithName("readHistogram")
            .WithSummary("Count records over time")
            .WithDescription("Counts by level in buckets of equal length. The length is rounded up to one that people count in, so there may be fewer buckets than asked for.");

    /// <summary>The shortest round length that needs no more than this many buckets; of years, a multiple of the longest.</summary>
    internal static long StepOf(SearchRange range, int buckets)
    {
        foreach (var millis in Steps)
        {
            // A range that begins inside a bucket touches one more.
            if ((range.To - range.From) / (millis * 1_000_000.0) <= buckets)
                return millis * 1_000_000;
        }

        var longest = Steps[^1] * 1_000_000;
        return longest * (long)Math.Ceiling((range.To - range.From) / (double)longest / buckets);
    }

    private static async Task<Results<Ok<Histogram>, Problem>> HandleAsync(
        [AsParameters] FilterParameters parameters,
        [Description("How many buckets at most, 1 to 500 (one more where the range begins inside one). Default 60.")] int? buckets,
        HttpContext http,
        Searches searches,
        SearchEngine engine,
        CancellationToken cancel)
    {
        var cost = new SearchCost();
        if (buckets is < 1 or > BucketsMax)
            return SearchErrors.OutOfBounds("buckets", 1, BucketsMax);
        var understood = await searches.UnderstandAsync(parameters, http.Caller(), cancel);
        if (understood.Problem is { } problem)
            return problem;
        return TypedResults.Ok(await CountAsync(understood, buckets ?? BucketsDefault, engine, cost, cancel));
    }

    private static async Task<Histogram> CountAsync(Understood understood, int buckets, SearchEngine engine, SearchCost cost, CancellationToken cancel)
    {
        var range = understood.Range;
        var step = StepOf(range, buckets);
        var origin = range.From / step * step;
        var columns = "intDiv($nanos - {origin:Int64}, {step:Int64}) AS bucket, SeverityNumber";
        VolumeSql.Write(understood.Filter, range, columns, byMinute: step % Nanos.PerMinute == 0, out var counts, out var parameters);
        parameters.Add("origin", origin);
        parameters.Add("step", step);
        var sql = $"SELECT bucket, SeverityNumber, sum(rows) FROM ({counts}) GROUP BY bucket, SeverityNumber FORMAT RowBinary";

        var levels = new long[((range.To - 1 - origin) / step) + 1][];
        var total = Add(levels, (await engine.ReadAsync(sql, parameters, cost, cancel)).Span);
        var all = new HistogramBucket[levels.Length];
        for (var i = 0; i < all.Length; i++)
            all[i] = new(Nanos.Format(origin + (i * step)), Named(levels[i]));
        return new(Nanos.Format(range.From), Nanos.Format(range.To), step / (double)Nanos.PerSecond, all, total, cost.ToStats());
    }

    private static long Add(long[][] levels, ReadOnlySpan<byte> rows)
    {
        var total = 0L;
        var reader = new RowReader(rows);
        while (!reader.AtEnd)
        {
            var bucket = reader.Int64();
            var level = Severity.NameIndex(reader.UInt8());
            var count = (long)reader.UInt64();
            (levels[bucket] ??= new long[Severity.Names.Length])[level] += count;
            total += count;
        }

        return total;
    }

    private static Dictionary<string, long> Named(long[]? levels)
    {
        var counts = new Dictionary<string, long>();
        for (var level = 0; level < levels?.Length; level++)
        {
            if (levels[level] > 0)
                counts.Add(Severity.Names[level], levels[level]);
        }

        return counts;
    }
}
