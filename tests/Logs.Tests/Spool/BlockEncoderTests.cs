using System.Text;
using Rialto.Fixtures;
using Rialto.Logs.Ingest;
using Rialto.Logs.Spool;
using Rialto.Logs.Tests.Query;
using Rialto.Platform.ClickHouse.Native;

namespace Rialto.Logs.Tests.Spool;

/// <summary>What a batch holds is what the engine gives back: every column, for records that nobody would write by hand.</summary>
public class BlockEncoderTests(ClickHouseFixture engine)
{
    private const long DayNanos = 86_400_000_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Random_records_come_back_from_the_engine_as_they_were_written(int seed)
    {
        var clickHouse = await DifferentialTests.TableAsync(engine);
        var random = new Random(seed);
        var sequence = 1UL + (ulong)random.NextInt64();
        var all = new List<SampleRecord>();
        for (var commit = 0; commit < 4; commit++)
        {
            var batches = Enumerable.Range(0, 3).Select(_ => Some(random, ref sequence)).ToList();
            all.AddRange(batches.SelectMany(batch => batch));
            var block = new NativeWriter();
            new BlockEncoder().Encode([.. batches.Select(batch => SampleRecord.Batch(batch, "any"))], block);
            await clickHouse.InsertAsync(BlockEncoder.InsertSql, new MemoryStream(block.Span.ToArray()));
        }

        // In the engine's own row format, whose bytes say everything, also of numbers.
        await using var result = await clickHouse.QueryAsync($"SELECT {SampleRecord.Columns} FROM logs ORDER BY Seq FORMAT RowBinary");
        using var rows = new MemoryStream();
        await result.Body.CopyToAsync(rows, TestContext.Current.CancellationToken);
        var found = rows.ToArray().AsMemory();
        foreach (var record in all)
        {
            var written = SampleRecord.Rows([record]);
            found.Span[..Math.Min(found.Length, written.Length)].SequenceEqual(written).ShouldBeTrue($"seed {seed}, record {record.Sequence - all[0].Sequence}: {record}");
            found = found[written.Length..];
        }

        found.Length.ShouldBe(0, "The engine has records that nobody wrote.");
    }

    private static List<SampleRecord> Some(Random random, ref ulong sequence)
    {
        var (organization, application) = ((uint)random.Next(1, int.MaxValue), (uint)random.Next(1, 4));
        var records = new List<SampleRecord>();
        for (var i = random.Next(1, 40); i > 0; i--)
            records.Add(One(random) with { Sequence = sequence++, Organization = organization, Application = application });
        return records;
    }

    private static SampleRecord One(Random random)
    {
        var record = new SampleRecord
        {
            Time = 1_790_000_000_000_000_000 + random.NextInt64(7 * DayNanos),
            Severity = (byte)random.Next(256),
            Service = Text(random, IngestLimits.WordBytesMax),
            Environment = Text(random, IngestLimits.WordBytesMax),
            Host = Text(random, IngestLimits.WordBytesMax),
            Trace = Hex(random, 16),
            Span = Hex(random, 8),
            Body = Text(random, random.Next(20) == 0 ? IngestLimits.RecordBytesMax : 500),
        };
        var many = random.Next(20) == 0;
        for (var i = random.Next(many ? IngestLimits.AttributesMax : 6); i > 0; i--)
            record.Attributes[Text(random, IngestLimits.KeyBytesMax)] = Text(random, 300);
        for (var i = random.Next(many ? IngestLimits.AttributesMax : 6); i > 0; i--)
        {
            var key = Text(random, IngestLimits.KeyBytesMax);
            if (!record.Attributes.ContainsKey(key))
                record.Numbers[key] = Number(random);
        }

        for (var i = random.Next(5); i > 0; i--)
            record.Resource[Text(random, IngestLimits.KeyBytesMax)] = Text(random, 300);
        return record;
    }

    private static string Hex(Random random, int bytes)
    {
        var id = new byte[bytes];
        if (random.Next(3) > 0)
            random.NextBytes(id);
        return Convert.ToHexStringLower(id);
    }

    private static double Number(Random random)
    {
        double[] edges = [0, -0.0, 1, -1, double.MaxValue, double.MinValue, double.Epsilon, 9_007_199_254_740_992, 0.1, double.PositiveInfinity];
        if (random.Next(2) == 0)
            return edges[random.Next(edges.Length)];
        var any = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
        return double.IsNaN(any) ? 0 : any;
    }

    /// <summary>Of nothing, of exactly as many bytes as are allowed, or something between, out of letters of one to four bytes.</summary>
    private static string Text(Random random, int bytesMax)
    {
        string[] letters = ["a", "b", "Z", "0", " ", "\0", "\n", "\"", "'", "\\", "=", "é", "日", "😀", "\u00a0", "\ufeff", "\u007f"];
        var length = random.Next(4) switch { 0 => 0, 1 when random.Next(4) == 0 => bytesMax, _ => random.Next(Math.Min(bytesMax, 40)) };
        var text = new StringBuilder(length);
        for (var bytes = 0; bytes < length;)
        {
            var letter = letters[random.Next(letters.Length)];
            var size = Encoding.UTF8.GetByteCount(letter);
            if (bytes + size > length)
                (letter, size) = ("x", 1);
            text.Append(letter);
            bytes += size;
        }

        return text.ToString();
    }
}
