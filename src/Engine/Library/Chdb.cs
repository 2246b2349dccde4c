using System.Runtime.InteropServices;

namespace Rialto.Engine.Library;

/// <summary>
/// The C interface of libchdb that this process uses. Strings are UTF-8 with an explicit length. Calls block and may run for as long as a query does;
/// only the plain getters suppress the transition of the garbage collector.
/// </summary>
internal static unsafe partial class Chdb
{
    private const string Name = "chdb";

    public static void Load(string path) =>
        NativeLibrary.SetDllImportResolver(typeof(Chdb).Assembly, (name, _, _) => name == Name ? NativeLibrary.Load(path) : 0);

    [LibraryImport(Name, EntryPoint = "chdb_version")]
    public static partial byte* Version();

    [LibraryImport(Name, EntryPoint = "chdb_set_signal_handlers_enabled")]
    public static partial void SetSignalHandlersEnabled(int enabled);

    /// <summary>Returns a pointer to the connection, or null; the reason is then only on stderr.</summary>
    [LibraryImport(Name, EntryPoint = "chdb_connect")]
    public static partial nint* Connect(int count, byte** arguments);

    [LibraryImport(Name, EntryPoint = "chdb_close_conn")]
    public static partial void Close(nint* connection);

    /// <summary>Joins every thread of the library; all connections must be closed before.</summary>
    [LibraryImport(Name, EntryPoint = "chdb_shutdown")]
    public static partial int Shutdown();

    [LibraryImport(Name, EntryPoint = "chdb_query_with_params_n")]
    public static partial nint Query(
        nint connection, byte* sql, nuint sqlLength, byte* format, nuint formatLength, byte** names, nuint* nameLengths, byte** values, nuint* valueLengths, nuint count);

    [LibraryImport(Name, EntryPoint = "chdb_stream_query_with_params_n")]
    public static partial nint StreamQuery(
        nint connection, byte* sql, nuint sqlLength, byte* format, nuint formatLength, byte** names, nuint* nameLengths, byte** values, nuint* valueLengths, nuint count);

    /// <summary>The next part of a result; empty at its end. A connection is used by one thread at a time.</summary>
    [LibraryImport(Name, EntryPoint = "chdb_stream_fetch_result")]
    public static partial nint StreamFetch(nint connection, nint stream);

    [LibraryImport(Name, EntryPoint = "chdb_stream_cancel_query")]
    public static partial void StreamCancel(nint connection, nint stream);

    [LibraryImport(Name, EntryPoint = "chdb_stream_insert_with_params_n")]
    public static partial nint StreamInsert(
        nint connection, byte* sql, nuint sqlLength, byte* format, nuint formatLength, byte** names, nuint* nameLengths, byte** values, nuint* valueLengths, nuint count);

    /// <summary>Copies the bytes; blocks while the library is 16 appends behind. Not 0 when the insert has already failed.</summary>
    [LibraryImport(Name, EntryPoint = "chdb_stream_append")]
    public static partial int StreamAppend(nint insert, byte* data, nuint length);

    [LibraryImport(Name, EntryPoint = "chdb_stream_done")]
    public static partial nint StreamDone(nint insert);

    [LibraryImport(Name, EntryPoint = "chdb_stream_cancel_insert")]
    public static partial void StreamCancelInsert(nint insert);

    [LibraryImport(Name, EntryPoint = "chdb_stream_insert_error")]
    public static partial byte* StreamInsertError(nint insert);

    [LibraryImport(Name, EntryPoint = "chdb_destroy_insert_stream")]
    public static partial void DestroyInsert(nint insert);

    [LibraryImport(Name, EntryPoint = "chdb_destroy_query_result")]
    public static partial void DestroyResult(nint result);

    [LibraryImport(Name, EntryPoint = "chdb_result_buffer"), SuppressGCTransition]
    public static partial byte* ResultBuffer(nint result);

    [LibraryImport(Name, EntryPoint = "chdb_result_length"), SuppressGCTransition]
    public static partial nuint ResultLength(nint result);

    [LibraryImport(Name, EntryPoint = "chdb_result_error"), SuppressGCTransition]
    public static partial byte* ResultError(nint result);

    [LibraryImport(Name, EntryPoint = "chdb_result_rows_read"), SuppressGCTransition]
    public static partial ulong ResultRows(nint result);

    [LibraryImport(Name, EntryPoint = "chdb_result_storage_rows_read"), SuppressGCTransition]
    public static partial ulong RowsRead(nint result);

    [LibraryImport(Name, EntryPoint = "chdb_result_storage_bytes_read"), SuppressGCTransition]
    public static partial ulong BytesRead(nint result);

    [LibraryImport(Name, EntryPoint = "chdb_result_rows_written"), SuppressGCTransition]
    public static partial ulong RowsWritten(nint result);

    [LibraryImport(Name, EntryPoint = "chdb_result_bytes_written"), SuppressGCTransition]
    public static partial ulong BytesWritten(nint result);
}
