using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Rialto.Logs.Ingest;
using Rialto.Logs.Protocols.Json;
using Rialto.Logs.Records;
using Rialto.Logs.Spool;
using Rialto.Logs.Tests.Spool;

namespace Rialto.Logs.Tests.Protocols;

/// <summary>Bodies as they come over the wire: compressed, cut, too large.</summary>
public sealed class StreamedBodyTests : IDisposable
{
    private readonly SpoolFolder _folder = new();
    private readonly CommittedRecords _committed = new();
    private readonly RecordSpool _spool;
    private readonly BodyMemory _memory = new();

    public StreamedBodyTests()
    {
        _spool = new RecordSpool(_folder.Options, new SpoolDisk(), TimeProvider.System, [_committed], NullLogger.Instance);
        _spool.Start();
    }

    public void Dispose()
    {
        _spool.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Compressed_body_is_read(string encoding)
    {
        var intake = await ReceiveAsync(Compress(encoding, Lines(5000)), encoding);
        intake.Accepted.ShouldBe(5000);
        intake.Rejected.ShouldBe(0);
        await _committed.UntilAsync(5000);
    }

    [Fact]
    public async Task Two_gzip_members_are_one_body()
    {
        var intake = await ReceiveAsync([.. Compress("gzip", Lines(10)), .. Compress("gzip", Lines(10))], "gzip");
        intake.Accepted.ShouldBe(20);
    }

    [Fact]
    public async Task Truncated_gzip_keeps_what_came_before_and_names_the_first_record_that_is_missing()
    {
        var whole = Compress("gzip", Lines(5000));
        var intake = await ReceiveAsync(whole[..(whole.Length / 2)], "gzip");
        intake.Accepted.ShouldBeInRange(1000, 4999);
        var (index, problem) = intake.Problems.ShouldHaveSingleItem();
        problem.Code.ShouldBe("body-truncated");
        index.ShouldBe(intake.Accepted);
        await _committed.UntilAsync(intake.Accepted);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task Compressed_body_that_stops_between_two_records_is_not_taken_for_a_whole_one(string encoding)
    {
        using var packed = new MemoryStream();
        await using (var cut = Compressor(encoding, packed))
        {
            await cut.WriteAsync(Lines(10));
            // Everything so far can be read; that the body ends here is what is missing.
            await cut.FlushAsync();
            var intake = await ReceiveAsync(packed.ToArray(), encoding);
            intake.Accepted.ShouldBe(10);
            var (index, problem) = intake.Problems.ShouldHaveSingleItem();
            (index, problem.Code).ShouldBe((10, "body-truncated"));
        }
    }

    [Fact]
    public async Task Line_of_ten_megabytes_costs_one_window_and_the_next_record_is_taken()
    {
        byte[] body = [.. Lines(1), .. Encoding.UTF8.GetBytes($$"""{"message":"{{new string('x', 10_000_000)}}"}"""), (byte)'\n', .. Lines(1)];
        using var stream = new WatchedStream(body, () => _memory.Used.ShouldBeLessThanOrEqualTo(2 * IngestLimits.SliceBytesMax));
        var intake = await ReceiveAsync(stream, "identity");
        intake.Accepted.ShouldBe(2);
        var (index, problem) = intake.Problems.ShouldHaveSingleItem();
        (index, problem.Code).ShouldBe((1, "record-too-large"));
    }

    [Fact]
    public async Task Body_that_is_not_gzip_is_a_problem()
    {
        var intake = await ReceiveAsync(Encoding.UTF8.GetBytes("not gzip at all"), "gzip");
        intake.Accepted.ShouldBe(0);
        intake.Problems.ShouldHaveSingleItem().Problem.Code.ShouldBe("bad-compression");
    }

    [Fact]
    public async Task Zip_bomb_is_stopped_at_the_limit_in_bounded_memory()
    {
        // 1 GiB of blanks behind ten records; a body of 1 MiB.
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(Lines(10));
            var blanks = new byte[1 << 20];
            Array.Fill(blanks, (byte)' ');
            for (var i = 0; i < 1024; i++)
                await gzip.WriteAsync(blanks);
        }

        // Gzip reads its input as it is drained: the memory in use is looked at on each read.
        var highest = 0L;
        using var stream = new WatchedStream(packed.ToArray(), () => highest = Math.Max(highest, _memory.Used));
        var intake = await ReceiveAsync(stream, "gzip");
        intake.Accepted.ShouldBe(10);
        intake.Problems.ShouldHaveSingleItem().Problem.Code.ShouldBe("body-too-large");
        highest.ShouldBeInRange(1, 2 * IngestLimits.SliceBytesMax);
        _memory.Used.ShouldBe(0);
    }

    [Fact]
    public async Task Large_body_is_decoded_in_slices_with_one_window_of_memory()
    {
        var body = Lines(150_000);
        body.Length.ShouldBeGreaterThan(8 * IngestLimits.SliceBytesMax);
        using var stream = new WatchedStream(body, () => _memory.Used.ShouldBeLessThanOrEqualTo(2 * IngestLimits.SliceBytesMax));
        var intake = new Intake(new RecordBatchPool(), Decoding.Source, Decoding.Now);
        using var delivery = new Delivery(_spool, intake);
        (await StreamedBody.DecodeAsync(stream, body.Length, new JsonRecords(), intake, delivery, _memory, CancellationToken.None)).ShouldBeTrue();
        (await delivery.CompleteAsync()).ShouldBe(CommitOutcome.Durable);
        intake.Accepted.ShouldBe(150_000);
        await _committed.UntilAsync(150_000);
        _memory.Used.ShouldBe(0);
    }

    [Fact]
    public async Task Request_is_refused_when_bodies_in_work_take_all_the_memory()
    {
        var memory = new BodyMemory(bytesMax: 1 << 20);
        var taken = memory.TryRent(1 << 20).ShouldNotBeNull();
        var intake = new Intake(new RecordBatchPool(), Decoding.Source, Decoding.Now);
        using var delivery = new Delivery(_spool, intake);
        var body = new MemoryStream(Lines(10));
        (await StreamedBody.DecodeAsync(body, null, new JsonRecords(), intake, delivery, memory, CancellationToken.None)).ShouldBeFalse();
        memory.Return(taken);
        (await StreamedBody.DecodeAsync(body, null, new JsonRecords(), intake, delivery, memory, CancellationToken.None)).ShouldBeTrue();
    }

    private static byte[] Lines(int count)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < count; i++)
            lines.Append("{\"message\":\"record ").Append(i).Append("\",\"n\":").Append(i * 7919 % 10007).Append("}\n");
        return Encoding.UTF8.GetBytes(lines.ToString());
    }

    private static byte[] Compress(string encoding, byte[] body)
    {
        using var packed = new MemoryStream();
        using (var stream = Compressor(encoding, packed))
        {
            stream.Write(body);
        }

        return packed.ToArray();
    }

    private static Stream Compressor(string encoding, Stream packed) => encoding switch
    {
        "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        _ => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
    };

    private Task<Intake> ReceiveAsync(byte[] body, string encoding) => ReceiveAsync(new MemoryStream(body), encoding);

    private async Task<Intake> ReceiveAsync(Stream body, string encoding)
    {
        var intake = new Intake(new RecordBatchPool(), Decoding.Source, Decoding.Now);
        using var delivery = new Delivery(_spool, intake);
        var stream = ContentEncoding.Decode(body, encoding).ShouldNotBeNull();
        (await StreamedBody.DecodeAsync(stream, null, new JsonRecords(), intake, delivery, _memory, CancellationToken.None)).ShouldBeTrue();
        (await delivery.CompleteAsync()).ShouldBe(CommitOutcome.Durable);
        return intake;
    }

    private sealed class WatchedStream(byte[] body, Action watch) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            watch();
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
