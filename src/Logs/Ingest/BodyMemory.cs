using System.Buffers;

namespace Rialto.Logs.Ingest;

/// <summary>
/// Buffers for bodies in work, with a bound on all of them together: 10,000 senders who each begin a large request must not take the process's memory.
/// </summary>
internal sealed class BodyMemory(long bytesMax = IngestLimits.BodyBytesInWorkMax)
{
    private long _used;

    public long Used => Interlocked.Read(ref _used);

    /// <summary>A buffer of at least the size, or null when the bound is reached. Give it back with <see cref="Return"/>.</summary>
    public byte[]? TryRent(int size)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        if (Interlocked.Add(ref _used, buffer.Length) <= bytesMax)
            return buffer;
        Return(buffer);
        return null;
    }

    public void Return(byte[] buffer)
    {
        Interlocked.Add(ref _used, -buffer.Length);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
