using System.Collections.Concurrent;
using System.Text;
using Rialto.Logs.Live;
using Rialto.Logs.Records;
using Rialto.Logs.Spool;

namespace Rialto.Logs.Tests.Spool;

/// <summary>Small batches with known bodies.</summary>
internal static class Batches
{
    /// <summary>A fixed moment of this century, so that partitions do not depend on the day of the test.</summary>
    public const long Time = 1_795_000_000_000_000_000;

    public static RecordBatch Of(params string[] bodies) => Of(application: 1, bodies);

    public static RecordBatch Of(uint application, params string[] bodies)
    {
        var batch = new RecordBatch().Open(1, application, "shop", 30);
        foreach (var body in bodies)
        {
            batch.BeginRow(Time, Time / 1_000_000);
            batch.SetBody(Encoding.UTF8.GetBytes(body));
            batch.EndRow();
        }

        return batch;
    }

    public static RecordBatch Many(int rows, int firstNumber) =>
        Of([.. Enumerable.Range(firstNumber, rows).Select(number => $"record {number}")]);
}

/// <summary>Notes every committed record, as the live tail would see it.</summary>
internal sealed class CommittedRecords : ICommittedBatches
{
    private readonly ConcurrentQueue<(ulong Sequence, string Body)> _records = new();

    public IReadOnlyList<(ulong Sequence, string Body)> All => [.. _records];

    /// <summary>Waits until exactly this many records were committed: senders are answered before listeners are told.</summary>
    public async Task UntilAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (_records.Count < count)
            await Task.Delay(5, patience.Token);
        _records.Count.ShouldBe(count);
    }

    public void Publish(RecordBatch batch)
    {
        for (var row = 0; row < batch.Count; row++)
            _records.Enqueue((batch.Sequence(row), Encoding.UTF8.GetString(batch.Body(row))));
    }
}

/// <summary>A folder that goes with the test.</summary>
internal sealed class SpoolFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rialto-spool-").FullName;

    public SpoolOptions Options => new() { Directory = Path, Node = 3 };

    public IReadOnlyList<string> Segments => [.. Directory.GetFiles(Path, "*.segment").Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>A disk that fails when told to.</summary>
internal sealed class FaultyDisk : ISpoolDisk
{
    private readonly SpoolDisk _disk = new();

    public bool FailsWrites { get; set; }

    public bool FailsSyncs { get; set; }

    public bool FailsCreates { get; set; }

    public ISpoolFile Create(string path) => FailsCreates ? throw new IOException("No space left on device") : new FaultyFile(this, _disk.Create(path));

    private sealed class FaultyFile(FaultyDisk disk, ISpoolFile file) : ISpoolFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            // A full disk takes the first part of a write.
            file.Write(disk.FailsWrites ? bytes[..(bytes.Length / 2)] : bytes, offset);
            if (disk.FailsWrites)
                throw new IOException("No space left on device");
        }

        public void Sync()
        {
            if (disk.FailsSyncs)
                throw new IOException("Input/output error");
            file.Sync();
        }

        public void Truncate(long length) => file.Truncate(length);

        public void Dispose() => file.Dispose();
    }
}
