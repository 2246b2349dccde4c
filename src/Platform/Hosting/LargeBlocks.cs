using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Rialto.Platform.Hosting;

/// <summary>
/// The network's buffers in blocks of 64 KiB instead of Kestrel's 4 KiB: a request of 340 kB is read in six calls instead of eighty, an insert of 25 MB in hundreds instead of thousands.
/// A connection has a block only while it has data: Kestrel waits for data before it takes one. Where more than 256 have data at once, the others get blocks of
/// 4 KiB: ten thousand senders of one record each would otherwise take and leave 64 KiB each, and the collector would go through the whole heap for it.
/// </summary>
internal sealed class LargeBlocks : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private const int LargeBytes = 64 << 10;
        private const int SmallBytes = 4 << 10;

        // 16 MiB.
        private const int LargeMax = 256;

        // 64 MiB stay for the next requests.
        private const int SmallIdleMax = 16_384;

        private readonly ConcurrentQueue<byte[]> _large = new();
        private readonly ConcurrentQueue<byte[]> _small = new();
        private int _largeOut;

        public override int MaxBufferSize => LargeBytes;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, LargeBytes);
            if (Interlocked.Increment(ref _largeOut) <= LargeMax || minBufferSize > SmallBytes)
                return new Block(this, Take(_large, LargeBytes));
            Interlocked.Decrement(ref _largeOut);
            return new Block(this, Take(_small, SmallBytes));
        }

        protected override void Dispose(bool disposing)
        {
            _large.Clear();
            _small.Clear();
        }

        // Pinned, as sockets need it; without zeroing, as the socket overwrites it.
        private static byte[] Take(ConcurrentQueue<byte[]> idle, int bytes) => idle.TryDequeue(out var block) ? block : GC.AllocateUninitializedArray<byte>(bytes, pinned: true);

        private void Return(byte[] bytes)
        {
            if (bytes.Length == SmallBytes)
            {
                if (_small.Count < SmallIdleMax) _small.Enqueue(bytes);
                return;
            }
            Interlocked.Decrement(ref _largeOut);
            if (_large.Count < LargeMax) _large.Enqueue(bytes);
        }

        private sealed class Block(Pool pool, byte[] bytes) : IMemoryOwner<byte>
        {
            private byte[]? _bytes = bytes;

            public Memory<byte> Memory => _bytes ?? throw new ObjectDisposedException(nameof(Block));

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _bytes, null) is { } returned)
                    pool.Return(returned);
            }
        }
    }
}
