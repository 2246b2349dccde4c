using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Rialto.Engine.Library;
using Rialto.Engine.Statements;

namespace Rialto.Engine.Http;

/// <summary>
/// The statement of a request and what follows it in the body. A statement's text is read whole; an insert's data is not: it is left in the stream after
/// the bytes that were read to find its beginning.
/// </summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBytes = 64 << 10;

    // A list of a million ids is a few MB; past this somebody sends data as a statement.
    private const int TextBytesMax = 64 << 20;

    private readonly Stream _stream;
    private byte[] _buffer;
    private int _count;

    private RequestBody(Stream stream, byte[] buffer)
    {
        _stream = stream;
        _buffer = buffer;
    }

    public Statement Statement { get; private set; } = null!;

    public ReadOnlySpan<byte> Text => _buffer.AsSpan(0, Statement.TextLength);

    /// <summary>The data that came with the statement's text.</summary>
    public ReadOnlySpan<byte> FirstData => _buffer.AsSpan(Statement.DataStart, _count - Statement.DataStart);

    /// <summary>The rest of the data.</summary>
    public Stream Rest => _stream;

    public static async Task<RequestBody> ReadAsync(HttpRequest http, string text, CancellationToken cancel)
    {
        var stream = Decoded(http);
        var body = new RequestBody(stream, ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, (text.Length * 3) + 1)));
        try
        {
            await body.FindStatementAsync(text, cancel);
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private async Task FindStatementAsync(string text, CancellationToken cancel)
    {
        // An insert in the address takes the whole body for its data: not one byte of it is looked at.
        _count = System.Text.Encoding.UTF8.GetBytes(text, _buffer);
        if (_count > 0)
        {
            Statement = Statement.Read(_buffer.AsSpan(0, _count));
            if (Statement.Kind == StatementKind.InsertData)
                return;
            if (await _stream.ReadAsync(_buffer.AsMemory(_count + 1, Math.Min(1, _buffer.Length - _count - 1)), cancel) == 0)
                return;
            _buffer[_count] = (byte)'\n';
            _count += 2;
        }

        while (true)
        {
            if (_count == _buffer.Length)
                Grow();
            var read = await _stream.ReadAsync(_buffer.AsMemory(_count), cancel);
            _count += read;
            if (read > 0 && _count < _buffer.Length)
                continue;
            // Once a full buffer and once the end: a long text is read again each time it has doubled, an insert shows itself in the first part.
            Statement = Statement.Read(_buffer.AsSpan(0, _count));
            if (read == 0 || (Statement.Kind == StatementKind.InsertData && Statement.Format is not null && Statement.DataStart < _count))
                return;
        }
    }

    private void Grow()
    {
        if (_count >= TextBytesMax)
            throw EngineException.Of(Codes.QueryIsTooLarge, "QUERY_IS_TOO_LARGE", $"The text of a query is limited to {TextBytesMax} bytes");
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.AsSpan(0, _count).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private static Stream Decoded(HttpRequest http) => http.Headers.ContentEncoding.ToString().ToLowerInvariant() switch
    {
        "" or "identity" => http.Body,
        "gzip" or "x-gzip" => new GZipStream(http.Body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(http.Body, CompressionMode.Decompress),
        "br" => new BrotliStream(http.Body, CompressionMode.Decompress),
        var other => throw EngineException.Of(Codes.UnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", $"Content-Encoding {other} is not served; gzip, deflate and br are"),
    };
}
