using System.Text;

namespace Rialto.Platform.ClickHouse;

/// <summary>
/// The body of an answer. A statement that fails after its first bytes writes its exception into the body, between marks that carry the tag of the
/// response's <c>X-ClickHouse-Exception-Tag</c> (ClickHouse 25.11 and later), and breaks the connection. This stream hands out what stands before the mark
/// and then throws the exception. One reader.
/// </summary>
internal sealed class MarkedStream(Stream inner, string? tag) : Stream
{
    private const int ExceptionBytesMax = 1 << 20;

    // Below this a reader gets its bytes from a buffer of this stream, because the mark must fit what is searched.
    private const int BufferBytesMin = 128;

    private readonly byte[] _mark = tag is null ? [] : Encoding.ASCII.GetBytes($"\r\n__exception__\r\n{tag}\r\n");

    // Fewer bytes than the mark has, kept back because they may be its beginning.
    private byte[] _held = [];
    private Memory<byte> _ready;
    private ClickHouseException? _failure;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        if (_ready.IsEmpty && buffer.Length >= BufferBytesMin)
            return await ReadUnmarkedAsync(buffer, cancellationToken);
        if (_ready.IsEmpty)
        {
            var own = new byte[4096];
            _ready = own.AsMemory(0, await ReadUnmarkedAsync(own, cancellationToken));
        }

        var length = Math.Min(buffer.Length, _ready.Length);
        _ready[..length].CopyTo(buffer);
        _ready = _ready[length..];
        return length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read this stream asynchronously");

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadUnmarkedAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        while (_failure is null)
        {
            _held.CopyTo(buffer);
            var length = _held.Length;
            var read = await ReadInnerAsync(buffer[length..], cancel);
            _held = [];
            if (read == 0)
                return length;
            length += read;
            if (_mark.Length == 0)
                return length;
            var at = buffer.Span[..length].IndexOf(_mark);
            if (at >= 0)
            {
                _failure = await ReadExceptionAsync(buffer[(at + _mark.Length)..length], cancel);
            }
            else
            {
                at = length - PartialMark(buffer.Span[..length]);
                _held = buffer[at..length].ToArray();
            }

            // What stands before the mark is the reader's; the exception is thrown when it asks for more.
            if (at > 0)
                return at;
        }

        throw _failure;
    }

    private int PartialMark(ReadOnlySpan<byte> bytes)
    {
        for (var length = Math.Min(_mark.Length - 1, bytes.Length); length > 0; length--)
        {
            if (bytes[^length..].SequenceEqual(_mark.AsSpan(0, length)))
                return length;
        }

        return 0;
    }

    private async Task<ClickHouseException> ReadExceptionAsync(ReadOnlyMemory<byte> first, CancellationToken cancel)
    {
        using var text = new MemoryStream();
        text.Write(first.Span);
        var buffer = new byte[4096];
        try
        {
            while (text.Length < ExceptionBytesMax && await inner.ReadAsync(buffer, cancel) is var read and > 0)
                text.Write(buffer, 0, read);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            // The connection is broken on purpose after the exception's text.
        }

        var all = Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length);
        // After the text come its length and the tag again.
        var end = all.LastIndexOf($" {tag}\r\n__exception__", StringComparison.Ordinal);
        if (end >= 0)
            all = all[..all.LastIndexOf('\n', end)];
        return ClickHouseException.Parse(all);
    }

    private async ValueTask<int> ReadInnerAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        try
        {
            return await inner.ReadAsync(buffer, cancel);
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException && !cancel.IsCancellationRequested)
        {
            throw new ClickHouseUnavailableException("The connection to ClickHouse broke in the middle of a result", broken);
        }
    }
}
