using Microsoft.Extensions.Logging.Abstractions;
using Rialto.Logs.Spool;

namespace Rialto.Logs.Tests.Spool;

public sealed class SpoolRecoveryTests : IDisposable
{
    private readonly SpoolFolder _folder = new();
    private readonly SpoolFolder _copy = new();

    public void Dispose()
    {
        _folder.Dispose();
        _copy.Dispose();
    }

    [Fact]
    public async Task Tail_torn_at_any_byte_costs_only_what_was_not_whole()
    {
        var (bytes, ends) = await ThreeCommits();
        for (var length = 0; length <= bytes.Length; length++)
        {
            var (segments, next) = Recover(bytes[..length], out var path);
            var whole = ends.Count(end => end <= length);
            segments.Sum(segment => segment.Blocks).ShouldBe(whole, $"cut at {length}");
            segments.Sum(segment => segment.Rows).ShouldBe(whole * 2, $"cut at {length}");
            File.Exists(path).ShouldBe(whole > 0);
            if (whole > 0)
            {
                new FileInfo(path).Length.ShouldBe(ends[whole - 1]);
                next.ShouldBe(segments[0].FirstSequence + (ulong)(whole * 2));
            }

            SpoolRecovery.CountAside(_copy.Path).ShouldBe(0, $"cut at {length}: a torn tail is no damage");
        }
    }

    [Fact]
    public async Task Tail_of_zeros_or_noise_is_cut_at_any_byte()
    {
        var (bytes, ends) = await ThreeCommits();
        var random = new Random(7);
        for (var length = (int)ends[1]; length < bytes.Length; length += 3)
        {
            var torn = bytes[..length].Concat(length % 2 == 0 ? new byte[1000] : Noise(random, 1000)).ToArray();
            var (segments, _) = Recover(torn, out _);
            // Zeros may be just what was missing.
            var isWhole = torn.AsSpan(0, bytes.Length).SequenceEqual(bytes);
            segments.Single().Blocks.ShouldBe(isWhole ? 3 : 2, $"cut at {length}");
        }
    }

    [Fact]
    public async Task Damage_in_the_middle_is_kept_aside_and_reported_but_the_valid_beginning_is_loaded()
    {
        var (bytes, ends) = await ThreeCommits();
        bytes[(int)ends[0] + SegmentFormat.FrameBytes + 5] ^= 1;
        var (segments, _) = Recover(bytes, out var path);
        segments.Single().Blocks.ShouldBe(1);
        SpoolRecovery.CountAside(_copy.Path).ShouldBe(1);
        File.ReadAllBytes(Path.Combine(_copy.Path, "aside", Path.GetFileName(path))).ShouldBe(bytes);
    }

    [Fact]
    public async Task Segment_that_changed_after_it_was_closed_is_not_sent()
    {
        var (bytes, ends) = await ThreeCommits();
        var (segments, _) = Recover(bytes, out var path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        await Should.ThrowAsync<InvalidDataException>(() => SegmentReader.CopyBlocksAsync(segments.Single(), Stream.Null, CancellationToken.None));
        ends.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Blocks_are_sent_without_their_frames()
    {
        var (bytes, ends) = await ThreeCommits();
        var (segments, _) = Recover(bytes, out _);
        using var content = new SegmentContent(segments.Single());
        var sent = await content.ReadAsByteArrayAsync();
        sent.Length.ShouldBe((int)content.Headers.ContentLength!.Value);
        var start = SegmentFormat.HeaderBytes;
        var expected = new List<byte>();
        foreach (var end in ends)
        {
            expected.AddRange(bytes[(start + SegmentFormat.FrameBytes)..(int)end]);
            start = (int)end;
        }

        sent.ShouldBe([.. expected]);
    }

    private static byte[] Noise(Random random, int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }

    /// <summary>A segment of three blocks with two records each, and where each block ends.</summary>
    private async Task<(byte[] Bytes, IReadOnlyList<long> Ends)> ThreeCommits()
    {
        var ends = new List<long>();
        using var spool = new RecordSpool(
            _folder.Options with { SegmentAgeMax = TimeSpan.FromHours(1) }, new SpoolDisk(), TimeProvider.System, [], NullLogger.Instance);
        spool.Start();
        for (var i = 0; i < 3; i++)
        {
            (await spool.AppendAsync(Batches.Many(2, i * 2))).ShouldBe(CommitOutcome.Durable);
            ends.Add(spool.PendingBytes);
        }

        spool.Dispose();
        var bytes = File.ReadAllBytes(_folder.Segments.Single());
        bytes.Length.ShouldBe((int)ends[^1]);
        return (bytes, ends);
    }

    private (IReadOnlyList<Segment> Segments, ulong Next) Recover(byte[] bytes, out string path)
    {
        foreach (var old in _copy.Segments)
            File.Delete(old);
        path = Path.Combine(_copy.Path, Path.GetFileName(_folder.Segments.Single()));
        File.WriteAllBytes(path, bytes);
        return SpoolRecovery.Run(_copy.Options, TimeProvider.System.GetUtcNow(), NullLogger.Instance);
    }
}
