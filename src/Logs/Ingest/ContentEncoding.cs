using System.IO.Compression;

namespace Rialto.Logs.Ingest;

/// <summary>The encodings that shippers use and the framework can decode. (zstd is not among the latter.)</summary>
internal static class ContentEncoding
{
    public const string Supported = "gzip, deflate, br";

    /// <summary>The decoded body, or null when the encoding is not one of ours.</summary>
    public static Stream? Decode(Stream body, string? encoding) => encoding?.Trim().ToLowerInvariant() switch
    {
        null or "" or "identity" => body,
        "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress, leaveOpen: true),
        "deflate" => new ZLibStream(body, CompressionMode.Decompress, leaveOpen: true),
        "br" => new BrotliStream(body, CompressionMode.Decompress, leaveOpen: true),
        _ => null,
    };
}
