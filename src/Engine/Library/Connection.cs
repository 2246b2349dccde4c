using System.Runtime.InteropServices;
using System.Text;

namespace Rialto.Engine.Library;

/// <summary>
/// A session of the engine: its settings, its current database, one statement at a time. Used by one thread at a time; different connections run in parallel.
/// </summary>
internal sealed unsafe class Connection : IDisposable
{
    private nint* _connection;

    private Connection(nint* connection) => _connection = connection;

    public nint Handle => *_connection;

    /// <summary>Null when the library refuses, which for a later connection means a wrong value of a setting.</summary>
    public static Connection? Open(IReadOnlyList<string> arguments)
    {
        var texts = arguments.Prepend("rialto-engine").Select(argument => Marshal.StringToCoTaskMemUTF8(argument)).ToArray();
        try
        {
            fixed (nint* values = texts)
            {
                var connection = Chdb.Connect(texts.Length, (byte**)values);
                return connection is null ? null : new Connection(connection);
            }
        }
        finally
        {
            foreach (var text in texts)
                Marshal.FreeCoTaskMem(text);
        }
    }

    /// <summary>Runs any statement to its end and returns the whole answer.</summary>
    public Result Query(ReadOnlySpan<byte> sql, string format, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        using var bound = new Parameters(parameters);
        var formatText = Encoding.UTF8.GetBytes(format);
        fixed (byte* text = sql, formatBytes = formatText)
        {
            return new Result(Chdb.Query(
                Handle, text, (nuint)sql.Length, formatBytes, (nuint)formatText.Length, bound.Names, bound.NameLengths, bound.Values, bound.ValueLengths, bound.Count));
        }
    }

    public Result Query(string sql) => Query(Encoding.UTF8.GetBytes(sql), "TabSeparated", []);

    /// <summary>Starts a SELECT whose answer is fetched in parts.</summary>
    public ResultStream Stream(ReadOnlySpan<byte> sql, string format, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        using var bound = new Parameters(parameters);
        var formatText = Encoding.UTF8.GetBytes(format);
        fixed (byte* text = sql, formatBytes = formatText)
        {
            return new ResultStream(this, Chdb.StreamQuery(
                Handle, text, (nuint)sql.Length, formatBytes, (nuint)formatText.Length, bound.Names, bound.NameLengths, bound.Values, bound.ValueLengths, bound.Count));
        }
    }

    /// <summary>Starts an INSERT whose data is appended; <paramref name="sql"/> has no FORMAT and no data.</summary>
    public InsertStream Insert(ReadOnlySpan<byte> sql, string format, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        using var bound = new Parameters(parameters);
        var formatText = Encoding.UTF8.GetBytes(format);
        fixed (byte* text = sql, formatBytes = formatText)
        {
            return new InsertStream(Chdb.StreamInsert(
                Handle, text, (nuint)sql.Length, formatBytes, (nuint)formatText.Length, bound.Names, bound.NameLengths, bound.Values, bound.ValueLengths, bound.Count));
        }
    }

    public void Dispose()
    {
        if (_connection is not null)
            Chdb.Close(_connection);
        _connection = null;
    }
}

/// <summary>A running SELECT. Disposing it before its end cancels it. One thread at a time, and the connection takes no other statement meanwhile.</summary>
internal sealed class ResultStream : IDisposable
{
    private readonly Connection _connection;
    private readonly nint _handle;

    public unsafe ResultStream(Connection connection, nint handle)
    {
        _connection = connection;
        _handle = handle;
        if (Chdb.ResultError(handle) is var error and not null)
        {
            var text = Marshal.PtrToStringUTF8((nint)error)!;
            Chdb.DestroyResult(handle);
            throw EngineException.Parse(text);
        }
    }

    /// <summary>The next part; one of length 0 is the end and carries the last figures.</summary>
    public Result Next() => new(Chdb.StreamFetch(_connection.Handle, _handle));

    public void Dispose()
    {
        Chdb.StreamCancel(_connection.Handle, _handle);
        Chdb.DestroyResult(_handle);
    }
}

/// <summary>A running INSERT. Disposing it before <see cref="Commit"/> cancels it.</summary>
internal sealed class InsertStream : IDisposable
{
    private readonly nint _handle;

    public unsafe InsertStream(nint handle)
    {
        _handle = handle;
        if (Chdb.StreamInsertError(handle) is var error and not null)
        {
            var text = Marshal.PtrToStringUTF8((nint)error)!;
            Chdb.DestroyInsert(handle);
            throw EngineException.Parse(text);
        }
    }

    /// <summary>False when the insert has failed already; <see cref="Commit"/> then throws the reason.</summary>
    public unsafe bool Append(ReadOnlySpan<byte> data)
    {
        fixed (byte* bytes = data)
            return Chdb.StreamAppend(_handle, bytes, (nuint)data.Length) == 0;
    }

    public Result Commit() => new(Chdb.StreamDone(_handle));

    public void Dispose() => Chdb.DestroyInsert(_handle);
}
