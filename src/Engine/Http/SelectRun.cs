using Rialto.Engine.Library;

namespace Rialto.Engine.Http;

/// <summary>A SELECT that is fetched in parts. <see cref="First"/> holds what was made before the status is due, or all of a small result.</summary>
internal sealed class SelectRun : IDisposable
{
    private readonly ResultStream _stream;
    private readonly List<Result> _first = [];

    private SelectRun(ResultStream stream) => _stream = stream;

    public IReadOnlyList<Result> First => _first;

    public bool Ended { get; private set; }

    public static SelectRun Start(Session session, ReadOnlySpan<byte> sql, string format, QueryRequest request)
    {
        var run = new SelectRun(session.Connection.Stream(sql, format, request.Parameters));
        try
        {
            for (var bytes = 0; bytes <= request.BufferBytes && !run.Ended;)
            {
                var part = run._stream.Next();
                run._first.Add(part);
                run.Ended = part.Length == 0;
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
        var part = _stream.Next();
        if (part.Length > 0)
            return part;
        part.Dispose();
        Ended = true;
        return null;
    }

    public void Dispose()
    {
        foreach (var part in _first)
            part.Dispose();
        _stream.Dispose();
    }
}
