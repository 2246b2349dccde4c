using System.Text.Unicode;
using Rialto.Logs.Ingest;
using Rialto.Logs.Records;

namespace Rialto.Logs.Protocols.Otlp;

/// <summary>
/// Writes OpenTelemetry's records as rows, for both encodings. A resource is kept once a batch for all records that share it; its service, environment
/// and host become the columns that every record has.
/// </summary>
internal sealed class OtlpRows(Intake intake)
{
    private readonly RowFields _fields = new();
    private readonly List<(byte[] Key, byte[] Value)> _resource = [];
    private byte[] _service = [];
    private byte[] _environment = [];
    private byte[] _host = [];
    private byte[] _scope = [];
    private RecordBatch? _resourceBatch;
    private int _resourceSet;
    private RecordBatch _row = null!;
    private RecordProblem? _problem;
    private ulong _time;
    private ulong _observed;

    /// <summary>What made the rest of the request unreadable, or null.</summary>
    public RecordProblem? Broken { get; private set; }

    /// <summary>The request cannot be read beyond this point.</summary>
    public void Break(RecordProblem problem)
    {
        if (Broken is not null)
            return;
        Broken = problem;
        intake.Begin();
        intake.Reject(problem);
    }

    /// <summary>What follows is said of another resource.</summary>
    public void BeginResource()
    {
        _service = _environment = _host = _scope = [];
        _resource.Clear();
        _resourceBatch = null;
    }

    /// <summary>A part of the resource. What is not valid text or beyond a limit is left out: it is no record's fault.</summary>
    public void Resource(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.IsEmpty || key.Length > IngestLimits.KeyBytesMax || _resource.Count >= IngestLimits.AttributesMax || !Utf8.IsValid(key) || !Utf8.IsValid(value))
            return;
        switch (value.Length <= IngestLimits.WordBytesMax ? Fields.Of(key) : Field.Attribute)
        {
            case Field.Service:
                _service = value.ToArray();
                break;
            case Field.Environment:
                _environment = value.ToArray();
                break;
            case Field.Host:
                _host = value.ToArray();
                break;
            default:
                foreach (var pair in _resource)
                {
                    if (key.SequenceEqual(pair.Key))
                        return;
                }

                _resource.Add((key.ToArray(), value.ToArray()));
                break;
        }
    }

    /// <summary>What follows comes from another scope: a logger's name, mostly.</summary>
    public void BeginScope(ReadOnlySpan<byte> name) => _scope = Utf8.IsValid(name) ? name.ToArray() : [];

    public void BeginRecord()
    {
        _row = intake.Begin();
        _fields.Begin(intake, _row);
        _problem = null;
        _time = _observed = 0;
        _row.SetService(_service);
        _row.SetEnvironment(_environment);
        _row.SetHost(_host);
        if (!ReferenceEquals(_resourceBatch, _row))
            AddResource();
        _row.SetResource(_resourceSet);
    }

    public void Time(ulong nanos) => _time = nanos;

    public void Observed(ulong nanos) => _observed = nanos;

    public void Severity(ulong number)
    {
        if (number is >= 1 and <= 24)
            _row.SeverityNumber = (byte)number;
    }

    /// <summary>Counts where there is no number; a name that means nothing to us is kept.</summary>
    public void SeverityName(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty || _row.SeverityNumber != 0)
            return;
        _row.SeverityNumber = SeverityText.Of(name);
        if (_row.SeverityNumber == 0)
            Attribute("severity_text"u8, name);
    }

    public void Body(ReadOnlySpan<byte> text)
    {
        if (Check(Utf8.IsValid(text) ? null : RecordProblem.InvalidUtf8) && !_row.HasBody)
            _row.SetBody(text);
    }

    public void Trace(ReadOnlySpan<byte> id)
    {
        if (id.Length == RecordBatch.TraceIdBytes && !_row.HasTrace)
            _row.SetTrace(id);
    }

    public void Span(ReadOnlySpan<byte> id)
    {
        if (id.Length == RecordBatch.SpanIdBytes && !_row.HasSpan)
            _row.SetSpan(id);
    }

    public void Attribute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        if (_problem is null)
            Check(CheckKey(key) ?? (Utf8.IsValid(text) ? _fields.Attribute(key, text) : RecordProblem.InvalidUtf8));
    }

    public void Attribute(ReadOnlySpan<byte> key, double number)
    {
        if (_problem is null)
            Check(CheckKey(key) ?? _fields.Attribute(key, number));
    }

    public bool Check(RecordProblem? problem)
    {
        _problem ??= problem;
        return _problem is null;
    }

    /// <summary>Accepts the record unless something was wrong with it.</summary>
    public void EndRecord(int bytes)
    {
        if (_problem is null && !_scope.AsSpan().IsEmpty)
            Attribute("scope.name"u8, _scope);
        var sent = _time != 0 ? _time : _observed;
        if (sent != 0 && _problem is null)
            SetTimes(sent);
        if (bytes > IngestLimits.RecordBytesMax)
            Check(RecordProblem.TooLarge);
        if (_problem is null)
            intake.Accept(bytes);
        else
            intake.Reject(_problem);
    }

    private static RecordProblem? CheckKey(ReadOnlySpan<byte> key) =>
        key.Length > IngestLimits.KeyBytesMax ? RecordProblem.KeyTooLong : Utf8.IsValid(key) ? null : RecordProblem.InvalidUtf8;

    private void SetTimes(ulong sent)
    {
        Span<byte> original = stackalloc byte[20];
        sent.TryFormat(original, out var length);
        Check(_fields.Time((long)Math.Min(sent, long.MaxValue), original[..length]));
        // A collector's observation is kept when it makes sense as one; otherwise it is when we saw the record.
        if (_observed != 0 && _observed <= (ulong)intake.NowNanos && intake.NowNanos - (long)_observed <= IngestLimits.AgeMax.Ticks * 100)
            _row.ObservedMillis = (long)(_observed / 1_000_000);
    }

    private void AddResource()
    {
        foreach (var (key, value) in _resource)
            _row.AddResource(key, value);
        _resourceSet = _row.EndResource();
        _resourceBatch = _row;
    }
}
