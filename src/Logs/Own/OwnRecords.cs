using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Logs.Applications;
using Rialto.Logs.Ingest;
using Rialto.Logs.Protocols;
using Rialto.Logs.Records;
using Rialto.Logs.Spool;
using Rialto.Platform;
using Rialto.Platform.Telemetry;

namespace Rialto.Logs.Own;

/// <summary>
/// Rialto's own log lines, on the way of everybody's records but for HTTP: application <c>rialto</c>, where there is one. Nothing that fails here is
/// logged: that would be the next line.
/// </summary>
internal sealed class OwnRecords(
    NpgsqlDataSource postgres, KnownApplications applications, RecordSpool spool, RecordBatchPool pool, Settings settings, TimeProvider clock) : IOwnRecords
{
    private static readonly byte[] Host = Encoding.UTF8.GetBytes(System.Environment.MachineName);

    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(30);

    private readonly byte[] _environment = Encoding.UTF8.GetBytes(settings.Demo ? "demo" : "production");
    private KnownApplication? _application;
    private long _lookedAt;

    public async ValueTask WriteAsync(IReadOnlyList<OwnRecord> records, CancellationToken stop)
    {
        if (await FindApplicationAsync(stop) is not { } application)
            return;
        using var hold = await application.EnterAsync(stop);
        if (hold is null)
        {
            _application = null;
            return;
        }

        var intake = new Intake(pool, application.Source, clock.GetUtcNow());
        foreach (var record in records)
            Take(record, intake);
        var delivery = new Delivery(spool, intake);
        if (await delivery.CompleteAsync() is not CommitOutcome.Durable and var outcome)
            throw new IOException($"The spool answers {outcome}.");
        application.Quota.Charge(intake.Accepted, intake.AcceptedBytes, 0);
    }

    /// <summary>An installation without an application of that name keeps its own lines on the console only.</summary>
    private async ValueTask<KnownApplication?> FindApplicationAsync(CancellationToken stop)
    {
        if (_application is not null || (_lookedAt != 0 && clock.GetElapsedTime(_lookedAt) < LookAgainAfter))
            return _application;
        _lookedAt = clock.GetTimestamp();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        if (await DemoApplication.FindAsync(connection, DemoApplication.Own) is { } found)
            _application = applications.Of(found.Organization, found.Number, found.Name);
        return _application;
    }

    private void Take(OwnRecord record, Intake intake)
    {
        var row = intake.Begin();
        intake.SetTime(row, (record.Timestamp - DateTimeOffset.UnixEpoch).Ticks * 100, Encoding.UTF8.GetBytes(record.Timestamp.ToString("O")));
        row.SeverityNumber = record.Level switch
        {
            LogLevel.Trace => SeverityText.Trace,
            LogLevel.Debug => SeverityText.Debug,
            LogLevel.Information => SeverityText.Info,
            LogLevel.Warning => SeverityText.Warn,
            LogLevel.Error => SeverityText.Error,
            _ => SeverityText.Fatal,
        };
        row.SetService(ServiceOf(record.Category));
        row.SetEnvironment(_environment);
        row.SetHost(Host);
        SetIds(row, record);
        row.SetBody(Text(record.Message));
        row.AddAttribute("category"u8, Text(record.Category));
        if (record.Event is { Length: > 0 } name)
            row.AddAttribute("event.name"u8, Text(name));
        if (record.Exception is { } exception)
            row.AddAttribute("exception.stacktrace"u8, Text(exception));
        foreach (var (key, value) in record.Attributes)
            Add(row, key, value);
        intake.Accept(record.Message.Length);
    }

    /// <summary>The module that speaks: <c>rialto.logs</c> of <c>Rialto.Logs.Spool.RecordSpool</c>.</summary>
    private static byte[] ServiceOf(string category) => category.Split('.', 3) is ["Rialto", var module, ..]
        ? Encoding.UTF8.GetBytes("rialto." + module.ToLowerInvariant())
        : "rialto"u8.ToArray();

    private static void SetIds(RecordBatch row, OwnRecord record)
    {
        Span<byte> id = stackalloc byte[RecordBatch.TraceIdBytes];
        if (record.TraceId is { } trace && HexId.TryParse(Encoding.ASCII.GetBytes(trace), id))
            row.SetTrace(id);
        if (record.SpanId is { } span && HexId.TryParse(Encoding.ASCII.GetBytes(span), id[..RecordBatch.SpanIdBytes]))
            row.SetSpan(id);
    }

    private static void Add(RecordBatch row, string key, object? value)
    {
        if (value is null || key.Length is 0 or > IngestLimits.KeyBytesMax || row.AttributesOfRow >= IngestLimits.AttributesMax)
            return;
        if (value is int or long or short or byte or uint or float or double && Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number))
            row.AddNumber(Text(key), number);
        else
            row.AddAttribute(Text(key), Text(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
    }

    /// <summary>Cut where one line would be more than a record may have.</summary>
    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text.Length > IngestLimits.RecordBytesMax / 8 ? text[..(IngestLimits.RecordBytesMax / 8)] : text);
}
