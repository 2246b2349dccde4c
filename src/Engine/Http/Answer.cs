using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Rialto.Engine.Library;

namespace Rialto.Engine.Http;

/// <summary>
/// The response to one request. Until <see cref="StartAsync"/> nothing is sent, so a failure has its own status; after it a failure is written into the body
/// between marks, as ClickHouse does since 25.11, and the connection is broken so that no reader takes the part for the whole.
/// </summary>
internal sealed class Answer(HttpContext http) : IAsyncDisposable
{
    // A slice keeps what waits for a slow reader small; the rest stays in the library's memory.
    private const int SliceBytes = 256 << 10;

    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly string _tag = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 16);
    private GZipStream? _gzip;

    public Progress Progress;

    public bool Started { get; private set; }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    private Stream Output => _gzip ?? http.Response.Body;

    public void Describe(QueryRequest request, string format)
    {
        var headers = http.Response.Headers;
        headers["X-ClickHouse-Query-Id"] = request.QueryId;
        headers["X-ClickHouse-Format"] = format;
        headers["X-ClickHouse-Timezone"] = "UTC";
        headers["X-ClickHouse-Server-Display-Name"] = "rialto-engine";
        headers["X-ClickHouse-Exception-Tag"] = _tag;
        http.Response.ContentType = Formats.ContentType(format);
    }

    /// <summary>Sends status and headers; the summary is what is known by now, and exact when the whole result is. <paramref name="length"/> when it is.</summary>
    public Task StartAsync(bool gzip, long? length)
    {
        Started = true;
        http.Response.Headers["X-ClickHouse-Summary"] = Summary();
        if (gzip)
        {
            http.Response.Headers.ContentEncoding = "gzip";
            _gzip = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
        }
        else
        {
            http.Response.ContentLength = length;
        }

        return http.Response.StartAsync(http.RequestAborted);
    }

    public async Task WriteAsync(Result part, CancellationToken cancel)
    {
        for (var at = 0; at < part.Length; at += SliceBytes)
            await Output.WriteAsync(part.Memory.Slice(at, Math.Min(SliceBytes, part.Length - at)), cancel);
    }

    public async Task FailAsync(EngineException failure)
    {
        if (Started)
        {
            await BreakAsync(failure);
            return;
        }

        Started = true;
        var text = Encoding.UTF8.GetBytes(failure.Message + "\n");
        http.Response.StatusCode = HttpStatus.Of(failure.Code);
        http.Response.Headers["X-ClickHouse-Exception-Code"] = failure.Code.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-ClickHouse-Summary"] = Summary();
        http.Response.ContentType = "text/plain; charset=UTF-8";
        http.Response.ContentLength = text.Length;
        if (failure.Code == Codes.TooManySimultaneousQueries)
            http.Response.Headers.RetryAfter = "1";
        await http.Response.Body.WriteAsync(text, http.RequestAborted);
    }

    public async ValueTask DisposeAsync()
    {
        if (_gzip is not null)
            await _gzip.DisposeAsync();
    }

    private async Task BreakAsync(EngineException failure)
    {
        var message = failure.Message + "\n";
        var marked = $"\r\n__exception__\r\n{_tag}\r\n{message}{Encoding.UTF8.GetByteCount(message)} {_tag}\r\n__exception__\r\n";
        await Output.WriteAsync(Encoding.UTF8.GetBytes(marked), http.RequestAborted);
        await Output.FlushAsync(http.RequestAborted);
        http.Abort();
    }

    private string Summary() =>
        $$"""{"read_rows":"{{Progress.RowsRead}}","read_bytes":"{{Progress.BytesRead}}","written_rows":"{{Progress.RowsWritten}}","written_bytes":"{{Progress.BytesWritten}}","total_rows_to_read":"0","result_rows":"{{Progress.ResultRows}}","result_bytes":"{{Progress.ResultBytes}}","elapsed_ns":"{{(long)Elapsed.TotalNanoseconds}}"}""";
}
