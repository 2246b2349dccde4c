using BenchmarkDotNet.Attributes;
using Rialto.Logs.Records;
using Rialto.Logs.Spool;
using Rialto.Platform.ClickHouse.Native;

namespace Rialto.Bench.Micro;

/// <summary>From ten batches of 1,000 records to the block that is spooled and inserted.</summary>
public class Encoding
{
    private const int Batches = 10;

    private readonly BlockEncoder _encoder = new();
    private readonly NativeWriter _block = new();
    private readonly List<RecordBatch> _batches = [.. Enumerable.Range(0, Batches).Select(_ => Decoding.Batch(new RecordBatchPool()))];
    private readonly byte[] _target = new byte[8 << 20];

    [Benchmark(OperationsPerInvoke = Batches * Decoding.Records)]
    public int Native()
    {
        _block.Clear();
        _encoder.Encode(_batches, _block);
        return _block.Length;
    }

    [Benchmark(OperationsPerInvoke = Batches * Decoding.Records)]
    public uint Checksum() => SegmentFormat.Checksum(_block.Length > 0 ? _block.Span : _target.AsSpan(0, 2_600_000));

    /// <summary>The least it could be: the same bytes copied once.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Batches * Decoding.Records)]
    public int BaselineCopy()
    {
        var length = 0;
        foreach (var batch in _batches)
        {
            batch.Bodies.Wire.CopyTo(_target.AsSpan(length));
            length += batch.Bodies.Wire.Length;
        }

        return length;
    }
}
