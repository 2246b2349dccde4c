using Rialto.Engine.Library;

namespace Rialto.Engine.Http;

/// <summary>A SELECT that is fetched in parts. <see cref="First"/> holds what was made before the status is due, or all of a small result.</summary>
internal sealed class SelectRun : IDisposable
{
    private readonly ResultStream _stream;
    private readonly List<Result> _first = [];
    private readonly Func<ReadOnlySpan<byte>, int>? _headerLength;
    private byte[]? _header;

    private SelectRun(ResultStream stream, Func<ReadOnlySpan<byte>, int>? headerLength)
    {
        _stream = stream;
        _headerLength = headerLength;
    }

    public IReadOnlyList<Result> First => _first;

    public bool Ended { get; private set; }

    public static SelectRun Start(Session session, ReadOnlySpan<byte> sql, string format, QueryRequest request)
    {
        var run = new SelectRun(session.Connection.Stream(sql, format, request.Parameters), Formats.HeaderLength(format));
        try
        {
            for (var bytes = 0; bytes <= request.BufferBytes && !run.Ended;)
            {
                var part = run.Fetch();
                run._first.Add(part);
                run.Ended = part.IsEnd;
                bytes += part.Length;
            }

            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>The next part, null at the end.</summary>
    public Result? Next()
    {
        var part = Fetch();
        if (!part.IsEnd)
            return part;
        part.Dispose();
        Ended = true;
        return null;
    }

    // Each part is a document with a header; only the first one's is the result's.
    private Result Fetch()
    {
        var part = _stream.Next();
        if (_headerLength is null || part.IsEnd)
            return part;
        if (_header is null)
            _header = part.GetSpan()[.._headerLength(part.GetSpan())].ToArray();
        else if (part.GetSpan().StartsWith(_header))
            part.Skip(_header.Length);
        return part;
    }

    public void Dispose()
    {
        foreach (var part in _first)
            part.Dispose();
        _stream.Dispose();
    }
}
