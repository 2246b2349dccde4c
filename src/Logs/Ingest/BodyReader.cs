using Microsoft.AspNetCore.Http;
using Rialto.Logs.Protocols;

namespace Rialto.Logs.Ingest;

/// <summary>
/// Reads a body into one buffer and remembers why it ended early: too large, broken compression, a sender who stopped in the middle.
/// Whatever arrived before that counts. Only the loss of the connection is an exception.
/// </summary>
internal sealed class BodyReader(Stream body, long bytesMax, BodyMemory memory) : IDisposable
{
    private byte[] _buffer = [];
    private int _filled;
    private long _total;

    /// <summary>Bytes read and not yet consumed.</summary>
    public ReadOnlySpan<byte> Unread => _buffer.AsSpan(0, _filled);

    /// <summary>No more will come, for whatever reason.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Why the body ended before its end, or null.</summary>
    public RecordProblem? Failure { get; private set; }

    /// <summary>Makes the buffer at least this large, keeping what is in it; false when the process has no memory left for bodies.</summary>
    public bool TryReserve(int size)
    {
        if (size <= _buffer.Length)
            return true;
        if (memory.TryRent(size) is not { } larger)
            return false;
        Unread.CopyTo(larger);
        if (_buffer.Length > 0)
            memory.Return(_buffer);
        _buffer = larger;
        return true;
    }

    /// <summary>Reads until the buffer is full or the body has ended.</summary>
    public async ValueTask FillAsync(CancellationToken stop)
    {
        while (!IsEnded && _filled < _buffer.Length)
        {
            try
            {
                var read = await body.ReadAsync(_buffer.AsMemory(_filled), stop);
                IsEnded = read == 0;
                _filled += read;
                _total += read;
            }
            catch (InvalidDataException exception)
            {
                // The framework has one exception for "not gzip" and "gzip that stops in the middle"; what came before is good in both cases.
                End(exception.Message.Contains("truncated", StringComparison.OrdinalIgnoreCase) ? RecordProblem.BodyTruncated : RecordProblem.BadCompression);
            }
            catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
            {
                End(RecordProblem.BodyTooLarge);
            }

            if (_total > bytesMax)
            {
                _filled -= (int)(_total - bytesMax);
                End(RecordProblem.BodyTooLarge);
            }
        }
    }

    /// <summary>Drops bytes from the front, so that the buffer has room behind the rest.</summary>
    public void Consume(int count)
    {
        _buffer.AsSpan(count, _filled - count).CopyTo(_buffer);
        _filled -= count;
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            memory.Return(_buffer);
        _buffer = [];
        _filled = 0;
    }

    private void End(RecordProblem failure)
    {
        IsEnded = true;
        Failure = failure;
    }
}
