using System.Buffers;
using Rialto.Engine.Library;

namespace Rialto.Engine.Http;

/// <summary>
/// An INSERT whose data streams from the request into the engine's own parser of the format: no file between, and the parser knows the target table.
/// A block of the result is stored whole or not at all; a request that breaks off before its end stores nothing of the block it broke in.
/// </summary>
internal static class InsertRun
{
    // One append a chunk: 16 of them may wait in the engine, so a slow insert holds at most 4 MiB of its data here.
    private const int ChunkBytes = 256 << 10;

    public static async Task<Result> RunAsync(Session session, RequestBody body, string format, IReadOnlyList<KeyValuePair<string, string>> parameters, CancellationToken cancel)
    {
        InsertStream insert;
        try
        {
            insert = await Task.Run(() => session.Connection.Insert(body.Text, format, parameters));
        }
        catch (EngineException)
        {
            await DrainAsync(body.Rest, cancel);
            throw;
        }

        using (insert)
        {
            var taken = body.FirstData.IsEmpty || insert.Append(body.FirstData);
            var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
            try
            {
                int filled;
                while (taken && (filled = await FillAsync(body.Rest, chunk, cancel)) > 0)
                    taken = insert.Append(chunk.AsSpan(0, filled));
                if (!taken)
                    await DrainAsync(body.Rest, cancel);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(chunk);
            }

            return await Task.Run(insert.Commit, CancellationToken.None);
        }
    }

    private static async ValueTask<int> FillAsync(Stream stream, byte[] chunk, CancellationToken cancel)
    {
        var filled = 0;
        while (filled < ChunkBytes && await stream.ReadAsync(chunk.AsMemory(filled, ChunkBytes - filled), cancel) is var read and > 0)
            filled += read;
        return filled;
    }

    // The sender writes to the end before it reads: an answer before that would reach nobody.
    private static async Task DrainAsync(Stream stream, CancellationToken cancel)
    {
        var waste = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            while (await stream.ReadAsync(waste, cancel) > 0)
            {
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(waste);
        }
    }
}
