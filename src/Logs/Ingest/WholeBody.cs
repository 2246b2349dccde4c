namespace Rialto.Logs.Ingest;

/// <summary>Reads a body that must be in memory as a whole, because its parts refer to each other.</summary>
internal static class WholeBody
{
    private const int FirstWindow = 64 * 1024;

    /// <summary>Fills the reader to the end of the body; false when the process has no memory left for bodies at the moment.</summary>
    public static async ValueTask<bool> ReadAsync(BodyReader reader, long? length, CancellationToken stop)
    {
        // One byte more than announced, so that the last read sees the end.
        if (!reader.TryReserve((int)Math.Clamp((length ?? FirstWindow) + 1, 1, IngestLimits.WholeBodyBytesMax + 1)))
            return false;
        while (true)
        {
            await reader.FillAsync(stop);
            if (reader.IsEnded)
                return true;
            if (!reader.TryReserve((int)Math.Min(IngestLimits.WholeBodyBytesMax + 1L, reader.Unread.Length * 2L)))
                return false;
        }
    }
}
