using Rialto.Logs.Records;
using Rialto.Platform.ClickHouse.Native;

namespace Rialto.Logs.Spool;

/// <summary>
/// Joins the batches of one commit into one block of the table <c>logs</c>. Columns of fixed size and texts are copied as they are;
/// only the ids of words are translated, from each batch's vocabulary to the block's. Belongs to the commit thread, which reuses it.
/// </summary>
internal sealed class BlockEncoder
{
    /// <summary>The columns of the block in their order; <c>PatternId</c> takes the table's default.</summary>
    public const string InsertSql =
        """
        INSERT INTO logs
            (TenantId, AppId, RetentionDays, Timestamp, ObservedTimestamp, Seq, ServiceName, Environment, Host, SeverityNumber,
             TraceId, SpanId, Body, Resource, Attributes, AttributesNumber)
        FORMAT Native
        """;

    private const int ColumnCount = 16;
    private const string WordType = "LowCardinality(String)";
    private const string TextMapType = "Map(LowCardinality(String), String)";

    private readonly Vocabulary _words = new();
    private readonly Column<int> _indexes = new();
    private readonly Column<int> _translation = new();
    private readonly Column<ulong> _ends = new();

    public void Encode(IReadOnlyList<RecordBatch> batches, NativeWriter block)
    {
        var rows = 0;
        foreach (var batch in batches)
            rows += batch.Count;

        block.Block(ColumnCount, rows);
        EncodeScalars(batches, block);
        Words(block, "ServiceName", batches, b => b.Services, b => b.ServiceIds);
        Words(block, "Environment", batches, b => b.Environments, b => b.EnvironmentIds);
        Words(block, "Host", batches, b => b.Hosts, b => b.HostIds);
        block.Column("SeverityNumber", "UInt8");
        foreach (var batch in batches)
            block.Values(batch.Severities.Span);
        block.Column("TraceId", "FixedString(16)");
        foreach (var batch in batches)
            block.Values(batch.TraceIds.Span);
        block.Column("SpanId", "FixedString(8)");
        foreach (var batch in batches)
            block.Values(batch.SpanIds.Span);
        block.Column("Body", "String");
        foreach (var batch in batches)
            block.Texts(batch.Bodies.Wire);
        Resources(block, batches);
        Attributes(block, batches);
        Numbers(block, batches);
    }

    private static void EncodeScalars(IReadOnlyList<RecordBatch> batches, NativeWriter block)
    {
        block.Column("TenantId", "UInt32");
        foreach (var batch in batches)
            block.Repeat(batch.Tenant, batch.Count);
        block.Column("AppId", "UInt32");
        foreach (var batch in batches)
            block.Repeat(batch.Application, batch.Count);
        block.Column("RetentionDays", "UInt16");
        foreach (var batch in batches)
            block.Repeat(batch.RetentionDays, batch.Count);
        block.Column("Timestamp", "DateTime64(9, 'UTC')");
        foreach (var batch in batches)
            block.Values(batch.Times.Span);
        block.Column("ObservedTimestamp", "DateTime64(3, 'UTC')");
        foreach (var batch in batches)
            block.Values(batch.Observed.Span);
        block.Column("Seq", "UInt64");
        foreach (var batch in batches)
        {
            var sequences = block.Reserve<ulong>(batch.Count);
            for (var row = 0; row < sequences.Length; row++)
                sequences[row] = batch.FirstSequence + (ulong)row;
        }
    }

    private void Words(
        NativeWriter block, string name, IReadOnlyList<RecordBatch> batches, Func<RecordBatch, Vocabulary> words, Func<RecordBatch, Column<int>> ids)
    {
        block.Column(name, WordType);
        block.LowCardinalityStart();
        StartWords();
        foreach (var batch in batches)
        {
            var from = words(batch);
            StartTranslation(from);
            foreach (var id in ids(batch).Span)
                _indexes.Add(Translate(from, id));
        }

        EndWords(block);
    }

    private void Resources(NativeWriter block, IReadOnlyList<RecordBatch> batches)
    {
        block.Column("Resource", TextMapType);
        block.LowCardinalityStart();
        StartWords();
        _ends.Truncate(0);
        var end = 0UL;
        foreach (var batch in batches)
        {
            StartTranslation(batch.Keys);
            foreach (var set in batch.ResourceSets.Span)
            {
                for (var i = set == 0 ? 0 : batch.ResourceEnds[set - 1]; i < batch.ResourceEnds[set]; i++)
                    _indexes.Add(Translate(batch.Keys, batch.ResourceKeys[i]));
                _ends.Add(end = (ulong)_indexes.Count);
            }
        }

        block.Values(_ends.Span);
        EndWords(block);
        foreach (var batch in batches)
        {
            foreach (var set in batch.ResourceSets.Span)
            {
                var first = set == 0 ? 0 : batch.ResourceEnds[set - 1];
                block.Texts(batch.ResourceValues.WireOf(first, batch.ResourceEnds[set] - first));
            }
        }
    }

    private void Attributes(NativeWriter block, IReadOnlyList<RecordBatch> batches)
    {
        block.Column("Attributes", TextMapType);
        block.LowCardinalityStart();
        Keys(block, batches, b => b.AttributeEnds, b => b.AttributeKeys);
        foreach (var batch in batches)
            block.Texts(batch.AttributeValues.Wire);
    }

    private void Numbers(NativeWriter block, IReadOnlyList<RecordBatch> batches)
    {
        block.Column("AttributesNumber", "Map(LowCardinality(String), Float64)");
        block.LowCardinalityStart();
        Keys(block, batches, b => b.NumberEnds, b => b.NumberKeys);
        foreach (var batch in batches)
            block.Values(batch.NumberValues.Span);
    }

    /// <summary>The offsets and the keys of a map.</summary>
    private void Keys(
        NativeWriter block, IReadOnlyList<RecordBatch> batches, Func<RecordBatch, Column<int>> ends, Func<RecordBatch, Column<ushort>> keys)
    {
        StartWords();
        foreach (var batch in batches)
        {
            var before = (ulong)_indexes.Count;
            var from = ends(batch).Span;
            var to = block.Reserve<ulong>(from.Length);
            for (var row = 0; row < from.Length; row++)
                to[row] = before + (ulong)from[row];

            StartTranslation(batch.Keys);
            foreach (var id in keys(batch).Span)
                _indexes.Add(Translate(batch.Keys, id));
        }

        EndWords(block);
    }

    private void StartWords()
    {
        _words.Clear();
        _indexes.Truncate(0);
    }

    private void StartTranslation(Vocabulary from)
    {
        _translation.Truncate(0);
        _translation.Fill(-1, from.Count);
    }

    private int Translate(Vocabulary from, int id)
    {
        var index = _translation[id];
        return index >= 0 ? index : _translation[id] = _words.IdOf(from[id]);
    }

    private void EndWords(NativeWriter block) => block.LowCardinality(_words.Wire, _words.Count, _indexes.Span);
}
