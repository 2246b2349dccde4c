namespace Rialto.Logs.Records;

// Rows are 0 to Count - 1. Every span points into the batch: copy what must outlive it.
internal sealed partial class RecordBatch
{
    public ulong Sequence(int row) => FirstSequence + (ulong)row;

    /// <summary>Nanoseconds since 1970.</summary>
    public long TimeNanos(int row) => Times[row];

    /// <summary>Milliseconds since 1970.</summary>
    public long Observation(int row) => Observed[row];

    /// <summary>OpenTelemetry severity number, 0 when unspecified.</summary>
    public byte Severity(int row) => Severities[row];

    public ReadOnlySpan<byte> Body(int row) => Bodies[row];

    public ReadOnlySpan<byte> Service(int row) => Services[ServiceIds[row]];

    public ReadOnlySpan<byte> Environment(int row) => Environments[EnvironmentIds[row]];

    public ReadOnlySpan<byte> Host(int row) => Hosts[HostIds[row]];

    /// <summary>16 bytes, all zero when the record has no trace.</summary>
    public ReadOnlySpan<byte> TraceId(int row) => TraceIds.Span.Slice(row * TraceIdBytes, TraceIdBytes);

    /// <summary>8 bytes, all zero when the record has no span.</summary>
    public ReadOnlySpan<byte> SpanId(int row) => SpanIds.Span.Slice(row * SpanIdBytes, SpanIdBytes);

    /// <summary>
    /// The id of a key of this batch, -1 when no record here has it. A filter asks once a batch, then reads rows by id.
    /// </summary>
    public int FindKey(ReadOnlySpan<byte> key) => Keys.Find(key);

    public bool TryGetAttribute(int row, ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) => TryGetAttribute(row, FindKey(key), out value);

    public bool TryGetAttribute(int row, int key, out ReadOnlySpan<byte> value) => Attributes(row).TryGet(key, out value);

    public bool TryGetNumber(int row, ReadOnlySpan<byte> key, out double value) => TryGetNumber(row, FindKey(key), out value);

    public bool TryGetNumber(int row, int key, out double value)
    {
        var first = StartOf(NumberEnds, row);
        var found = key < 0 ? -1 : NumberKeys.Span[first..NumberEnds[row]].IndexOf((ushort)key);
        value = found < 0 ? 0 : NumberValues[first + found];
        return found >= 0;
    }

    public bool TryGetResource(int row, ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) => TryGetResource(row, FindKey(key), out value);

    public bool TryGetResource(int row, int key, out ReadOnlySpan<byte> value) => Resources(row).TryGet(key, out value);

    public TextPairs Attributes(int row) => new(Keys, AttributeKeys, AttributeValues, StartOf(AttributeEnds, row), AttributeEnds[row]);

    public NumberPairs Numbers(int row) => new(this, StartOf(NumberEnds, row), NumberEnds[row]);

    public TextPairs Resources(int row)
    {
        var set = ResourceSets[row];
        return new(Keys, ResourceKeys, ResourceValues, StartOf(ResourceEnds, set), ResourceEnds[set]);
    }

    private static int StartOf(Column<int> ends, int row) => row == 0 ? 0 : ends[row - 1];

    /// <summary>The text pairs of one row, read by index.</summary>
    internal readonly ref struct TextPairs(Vocabulary words, Column<ushort> keys, TextColumn values, int first, int end)
    {
        public int Count => end - first;

        public ReadOnlySpan<byte> Key(int index) => words[keys[first + index]];

        public int KeyId(int index) => keys[first + index];

        public ReadOnlySpan<byte> Value(int index) => values[first + index];

        public bool TryGet(int key, out ReadOnlySpan<byte> value)
        {
            var found = key < 0 ? -1 : keys.Span[first..end].IndexOf((ushort)key);
            value = found < 0 ? default : values[first + found];
            return found >= 0;
        }
    }

    /// <summary>The number pairs of one row.</summary>
    internal readonly ref struct NumberPairs(RecordBatch batch, int first, int end)
    {
        public int Count => end - first;

        public ReadOnlySpan<byte> Key(int index) => batch.Keys[batch.NumberKeys[first + index]];

        public int KeyId(int index) => batch.NumberKeys[first + index];

        public double Value(int index) => batch.NumberValues[first + index];
    }
}
