using System.Buffers;
using System.Runtime.InteropServices;

namespace Rialto.Engine.Library;

/// <summary>What a statement has cost so far, the figures of <c>X-ClickHouse-Summary</c>.</summary>
internal record struct Progress(ulong RowsRead, ulong BytesRead, ulong RowsWritten, ulong BytesWritten, ulong ResultRows, ulong ResultBytes)
{
    public void Add(Result result)
    {
        RowsRead += result.Progress.RowsRead;
        BytesRead += result.Progress.BytesRead;
        RowsWritten += result.Progress.RowsWritten;
        BytesWritten += result.Progress.BytesWritten;
        ResultRows += result.Progress.ResultRows;
        ResultBytes += result.Progress.ResultBytes;
    }
}

/// <summary>A result, or one part of it, in the library's own memory, so that it reaches the socket without a copy on the managed heap.</summary>
internal sealed unsafe class Result : MemoryManager<byte>
{
    private nint _handle;
    private byte* _data;
    private int _length;

    /// <summary>Takes ownership of the handle; throws when it carries an error.</summary>
    public Result(nint handle)
    {
        _handle = handle;
        if (Chdb.ResultError(handle) is var error and not null)
        {
            var text = Marshal.PtrToStringUTF8((nint)error)!;
            Destroy();
            throw EngineException.Parse(text);
        }

        _data = Chdb.ResultBuffer(handle);
        _length = checked((int)Chdb.ResultLength(handle));
        IsEnd = _length == 0;
        Progress = new Progress(
            Chdb.RowsRead(handle), Chdb.BytesRead(handle), Chdb.RowsWritten(handle), Chdb.BytesWritten(handle), Chdb.ResultRows(handle), (ulong)_length);
    }

    public Progress Progress { get; }

    public int Length => _length;

    /// <summary>Whether the library gave nothing, which ends a streamed result; a part may also be empty after <see cref="Skip"/>.</summary>
    public bool IsEnd { get; }

    /// <summary>Drops the first bytes, a header that an earlier part had.</summary>
    public void Skip(int count)
    {
        _data += count;
        _length -= count;
    }

    public override Span<byte> GetSpan() => new(_data, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_data + elementIndex);

    public override void Unpin()
    {
    }

    public void Dispose() => Destroy();

    protected override void Dispose(bool disposing) => Destroy();

    private void Destroy()
    {
        if (Interlocked.Exchange(ref _handle, 0) is var handle and not 0)
            Chdb.DestroyResult(handle);
    }
}
