using System.Buffers.Binary;

namespace Rialto.Club.Pictures;

/// <param name="MediaType">What the content is, not what its sender called it.</param>
internal sealed record PictureHead(string MediaType, int Width, int Height)
{
    /// <summary>Resized in the browser before it comes here.</summary>
    public const int BytesMax = 2 << 20;

    private const int EdgeMin = 16;
    private const int EdgeMax = 6_000;

    /// <summary>Reads JPEG, PNG and WebP by their content; null for everything else, and for sizes no page needs.</summary>
    public static PictureHead? Read(ReadOnlySpan<byte> bytes)
    {
        var head = Png(bytes) ?? Jpeg(bytes) ?? Webp(bytes);
        return head is { Width: >= EdgeMin and <= EdgeMax, Height: >= EdgeMin and <= EdgeMax } ? head : null;
    }

    private static PictureHead? Png(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 24 && bytes[0] == 0x89 && bytes[1..8].SequenceEqual("PNG\r\n\u001a\n"u8) && bytes[12..16].SequenceEqual("IHDR"u8)
            ? new PictureHead("image/png", BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]))
            : null;

    private static PictureHead? Jpeg(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes[0] != 0xFF || bytes[1] != 0xD8) return null;
        var at = 2;
        while (at + 9 < bytes.Length && bytes[at] == 0xFF)
        {
            var marker = bytes[at + 1];
            // A frame header of any coding but not the tables C4, C8 and CC.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return new PictureHead("image/jpeg", BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 5)..]));
            at += marker == 0xFF ? 1 : 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
        }
        return null;
    }

    private static PictureHead? Webp(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 30 || !bytes[..4].SequenceEqual("RIFF"u8) || !bytes[8..12].SequenceEqual("WEBP"u8)) return null;
        if (bytes[12..16].SequenceEqual("VP8X"u8)) return new PictureHead("image/webp", 1 + UInt24(bytes[24..]), 1 + UInt24(bytes[27..]));
        if (bytes[12..16].SequenceEqual("VP8 "u8))
            return new PictureHead("image/webp", BinaryPrimitives.ReadUInt16LittleEndian(bytes[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]) & 0x3FFF);
        if (!bytes[12..16].SequenceEqual("VP8L"u8)) return null;
        var packed = BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]);
        return new PictureHead("image/webp", 1 + (int)(packed & 0x3FFF), 1 + (int)(packed >> 14 & 0x3FFF));
    }

    private static int UInt24(ReadOnlySpan<byte> bytes) => bytes[0] | bytes[1] << 8 | bytes[2] << 16;
}
