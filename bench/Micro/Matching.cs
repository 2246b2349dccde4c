using BenchmarkDotNet.Attributes;
using Rialto.Logs.Live;
using Rialto.Logs.Query;
using Rialto.Logs.Records;

namespace Rialto.Bench.Micro;

/// <summary>A live subscriber's filter over 1,000 records.</summary>
public class Matching
{
    private readonly RecordBatch _batch = Decoding.Batch(new RecordBatchPool());
    private readonly LiveFilter _word = Filter("timeout");
    private readonly LiveFilter _phrase = Filter("\"payment provider timeout\"");
    private readonly LiveFilter _fields = Filter("level:error service:app-017");
    private readonly LiveFilter _pattern = Filter("pay* timeout");

    [Benchmark(OperationsPerInvoke = Decoding.Records)]
    public int Word() => Count(_word);

    [Benchmark(OperationsPerInvoke = Decoding.Records)]
    public int Phrase() => Count(_phrase);

    [Benchmark(OperationsPerInvoke = Decoding.Records)]
    public int Fields() => Count(_fields);

    [Benchmark(OperationsPerInvoke = Decoding.Records)]
    public int Pattern() => Count(_pattern);

    /// <summary>A plain search for the bytes, which minds case and the ends of words not at all.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Decoding.Records)]
    public int BaselineIndexOf()
    {
        var count = 0;
        for (var row = 0; row < _batch.Count; row++)
            count += _batch.Body(row).IndexOf("timeout"u8) >= 0 ? 1 : 0;
        return count;
    }

    private int Count(LiveFilter filter)
    {
        var count = 0;
        if (!filter.Begin(_batch))
            return 0;
        for (var row = 0; row < _batch.Count; row++)
            count += filter.Matches(_batch, row) ? 1 : 0;
        return count;
    }

    private static LiveFilter Filter(string query) => QueryBinder.TryRead(query, new Dictionary<string, uint>(), out var condition, out var error)
        ? new LiveFilter(condition!)
        : throw new InvalidOperationException(error?.Detail);
}
