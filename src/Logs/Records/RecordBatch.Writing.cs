using System.Diagnostics;

namespace Rialto.Logs.Records;

// One row at a time: BeginRow, the parts in any order, then EndRow or DropRow. A dropped row leaves no trace but words in vocabularies.
internal sealed partial class RecordBatch
{
    public const int TraceIdBytes = 16;
    public const int SpanIdBytes = 8;

    private static readonly byte[] NoId = new byte[TraceIdBytes];

    private int _stamp;
    private int _lastKey;
    private int _service;
    private int _environment;
    private int _host;
    private int _resource;

    /// <summary>Time of the row being written, in nanoseconds since 1970.</summary>
    public long Time { get; set; }

    /// <summary>When the row being written was first seen by a collector or by us, in milliseconds since 1970.</summary>
    public long ObservedMillis { get; set; }

    /// <summary>OpenTelemetry severity number of the row being written, 0 when it has none.</summary>
    public byte SeverityNumber { get; set; }

    /// <summary>How many attributes, numbers included, the row being written has.</summary>
    public int AttributesOfRow => AttributeKeys.Count - EndOf(AttributeEnds) + NumberKeys.Count - EndOf(NumberEnds);

    public bool HasBody => Bodies.Count > Count;

    public bool HasService => _service != 0;

    public bool HasTrace => TraceIds.Count > Count * TraceIdBytes;

    public bool HasSpan => SpanIds.Count > Count * SpanIdBytes;

    /// <summary>For each key, the row (by stamp) that used it last: how a duplicate is seen without a search.</summary>
    private Column<int> KeyStamps { get; } = new();

    /// <summary>For each key, the key that followed it last time: records of one source repeat their keys in one order.</summary>
    private Column<int> KeySuccessors { get; } = new();

    public void BeginRow(long time, long observedMillis)
    {
        _stamp++;
        _lastKey = 0;
        _service = _environment = _host = _resource = 0;
        Time = time;
        ObservedMillis = observedMillis;
        SeverityNumber = 0;
    }

    public void SetBody(ReadOnlySpan<byte> body)
    {
        Debug.Assert(!HasBody, "A row has one body.");
        Bodies.Add(body);
    }

    public void SetService(ReadOnlySpan<byte> service) => _service = Same(Services, ServiceIds, service);

    public void SetEnvironment(ReadOnlySpan<byte> environment) => _environment = Same(Environments, EnvironmentIds, environment);

    public void SetHost(ReadOnlySpan<byte> host) => _host = Same(Hosts, HostIds, host);

    public void SetTrace(ReadOnlySpan<byte> traceId) => TraceIds.Add(traceId[..TraceIdBytes]);

    public void SetSpan(ReadOnlySpan<byte> spanId) => SpanIds.Add(spanId[..SpanIdBytes]);

    /// <summary>Adds a text attribute; false when the row already has the key.</summary>
    public bool AddAttribute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var id = KeyOf(key);
        if (KeyStamps[id] == _stamp)
            return false;
        KeyStamps[id] = _stamp;
        AttributeKeys.Add((ushort)id);
        AttributeValues.Add(value);
        return true;
    }

    /// <summary>Adds a number attribute; false when the row already has the key.</summary>
    public bool AddNumber(ReadOnlySpan<byte> key, double value)
    {
        var id = KeyOf(key);
        if (KeyStamps[id] == _stamp)
            return false;
        KeyStamps[id] = _stamp;
        NumberKeys.Add((ushort)id);
        NumberValues.Add(value);
        return true;
    }

    /// <summary>Adds one pair to the resource set being made; <see cref="EndResource"/> gives the set its id.</summary>
    public void AddResource(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        ResourceKeys.Add((ushort)KeyOf(key));
        ResourceValues.Add(value);
    }

    public int EndResource()
    {
        ResourceEnds.Add(ResourceKeys.Count);
        return ResourceEnds.Count - 1;
    }

    /// <summary>Gives the row being written the resource set that <see cref="EndResource"/> returned.</summary>
    public void SetResource(int set) => _resource = set;

    public void EndRow()
    {
        if (!HasBody)
            Bodies.Add([]);
        if (!HasTrace)
            TraceIds.Add(NoId);
        if (!HasSpan)
            SpanIds.Add(NoId.AsSpan(0, SpanIdBytes));
        Observed.Add(ObservedMillis);
        Severities.Add(SeverityNumber);
        ServiceIds.Add(_service);
        EnvironmentIds.Add(_environment);
        HostIds.Add(_host);
        ResourceSets.Add(_resource);
        AttributeEnds.Add(AttributeKeys.Count);
        NumberEnds.Add(NumberKeys.Count);
        Times.Add(Time);
    }

    public void DropRow()
    {
        Bodies.Truncate(Count);
        TraceIds.Truncate(Count * TraceIdBytes);
        SpanIds.Truncate(Count * SpanIdBytes);
        AttributeKeys.Truncate(EndOf(AttributeEnds));
        AttributeValues.Truncate(EndOf(AttributeEnds));
        NumberKeys.Truncate(EndOf(NumberEnds));
        NumberValues.Truncate(EndOf(NumberEnds));
    }

    private static int EndOf(Column<int> ends) => ends.Count == 0 ? 0 : ends[ends.Count - 1];

    /// <summary>Neighbouring rows mostly share their service, environment and host: compare with the last row's before hashing.</summary>
    private static int Same(Vocabulary words, Column<int> ids, ReadOnlySpan<byte> word)
    {
        var last = EndOf(ids);
        return words[last].SequenceEqual(word) ? last : words.IdOf(word);
    }

    private int KeyOf(ReadOnlySpan<byte> key)
    {
        var id = KeySuccessors[_lastKey];
        if (!Keys[id].SequenceEqual(key))
        {
            id = Keys.IdOf(key);
            if (id == KeyStamps.Count)
            {
                KeyStamps.Add(0);
                KeySuccessors.Add(0);
            }

            KeySuccessors[_lastKey] = id;
        }

        return _lastKey = id;
    }
}
