using System.Net;
using System.Net.Http.Headers;

namespace Rialto.Logs.Spool;

/// <summary>The blocks of a segment as the body of one insert, read from the file while they are sent.</summary>
internal sealed class SegmentContent : HttpContent
{
    private readonly Segment _segment;

    public SegmentContent(Segment segment)
    {
        _segment = segment;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SegmentReader.CopyBlocksAsync(_segment, stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        SegmentReader.CopyBlocksAsync(_segment, stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = _segment.BlockBytes;
        return true;
    }
}
