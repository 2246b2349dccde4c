using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Rialto.Forecast.Sources;

/// <summary>The pages of OpenAQ's <c>/v3/sensors/{id}/hours</c> and <c>/measurements</c> as one long table: time, measure, value, unit.</summary>
internal sealed class OpenAqPages(Func<int, CancellationToken, Task<JsonDocument>> page) : Stream
{
    public const int PageRows = 1000;

    /// <summary>OpenAQ's names of what others write with capitals.</summary>
    private static readonly Dictionary<string, string> Measures = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pm25"] = "PM2.5", ["pm10"] = "PM10", ["so2"] = "SO2", ["no2"] = "NO2", ["no"] = "NO", ["co"] = "CO", ["o3"] = "O3", ["temperature"] = "TEMP", ["relativehumidity"] = "HUMIDITY",
    };

    private byte[] _bytes = "time,measure,value,unit\n"u8.ToArray();
    private int _at, _next = 1;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_at == _bytes.Length)
        {
            if (_next == 0)
                return 0;
            using var answer = await page(_next, cancellationToken);
            (_bytes, _at) = (Encoding.UTF8.GetBytes(TableOf(answer.RootElement, out int rows)), 0);
            _next = rows < PageRows ? 0 : _next + 1;
        }
        int taken = Math.Min(buffer.Length, _bytes.Length - _at);
        _bytes.AsMemory(_at, taken).CopyTo(buffer);
        _at += taken;
        return taken;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    private static string TableOf(JsonElement answer, out int rows)
    {
        rows = 0;
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("results", out var results) || results.ValueKind != JsonValueKind.Array)
            throw new SourceException("source-malformed", "The answer has no results: it is not of OpenAQ v3.");
        var table = new StringBuilder();
        foreach (var one in results.EnumerateArray())
        {
            rows++;
            var parameter = one.GetProperty("parameter");
            string name = parameter.GetProperty("name").GetString()!;
            string time = one.GetProperty("period").GetProperty("datetimeFrom").GetProperty("utc").GetString()!;
            string value = one.GetProperty("value") is { ValueKind: JsonValueKind.Number } number ? number.GetDouble().ToString("R", CultureInfo.InvariantCulture) : "NA";
            table.Append(CultureInfo.InvariantCulture, $"{time},{Measures.GetValueOrDefault(name, name)},{value},{parameter.GetProperty("units").GetString()}\n");
        }
        return table.ToString();
    }

    public override void Flush() => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronously.");
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
