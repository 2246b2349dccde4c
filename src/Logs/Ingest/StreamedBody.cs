namespace Rialto.Logs.Ingest;

/// <summary>Decodes a body of any size in slices: memory is one window, however large the body is or becomes when decompressed.</summary>
internal static class StreamedBody
{
    private const int FirstWindow = 64 * 1024;

    /// <summary>False when the process has no memory left for bodies at the moment.</summary>
    public static async ValueTask<bool> DecodeAsync(
        Stream body, long? length, ISliceDecoder decoder, Intake intake, Delivery delivery, BodyMemory memory, CancellationToken stop)
    {
        using var reader = new BodyReader(body, IngestLimits.StreamedBodyBytesMax, memory);
        if (!reader.TryReserve((int)Math.Clamp(length ?? FirstWindow, 1, IngestLimits.SliceBytesMax)))
            return false;

        while (true)
        {
            await reader.FillAsync(stop);
            while (true)
            {
                // An early end is no end of the last record: what is left of it is not decoded, but refused below.
                var consumed = decoder.Decode(reader.Unread, reader.IsEnded && reader.Failure is null, intake);
                reader.Consume(consumed);
                if (!intake.IsFull)
                    break;
                if (!await delivery.SendAsync())
                    return true;
            }

            if (reader.IsEnded)
                break;
            if (!reader.TryReserve(Math.Min(IngestLimits.SliceBytesMax, reader.Unread.Length * 2)))
                return false;
        }

        if (reader.Failure is { } failure)
        {
            intake.Begin();
            intake.Reject(failure);
        }

        return true;
    }
}
