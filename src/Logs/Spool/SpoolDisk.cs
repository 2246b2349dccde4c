using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Rialto.Logs.Spool;

/// <summary>The writes that acknowledgements depend on. Tests put a disk behind it that fills up or loses its cable.</summary>
internal interface ISpoolDisk
{
    /// <summary>Creates a file that nothing else has, and makes its name durable.</summary>
    ISpoolFile Create(string path);
}

internal interface ISpoolFile : IDisposable
{
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Returns when everything written is on the disk; throws when that is not certain.</summary>
    void Sync();

    void Truncate(long length);
}

internal sealed partial class SpoolDisk : ISpoolDisk
{
    public ISpoolFile Create(string path)
    {
        var file = new SpoolFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete));
        try
        {
            SyncDirectory(Path.GetDirectoryName(path)!);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Makes names that were added or removed durable. A directory cannot be opened on Windows, where names are journaled.</summary>
    public static void SyncDirectory(string directory)
    {
        if (OperatingSystem.IsWindows())
            return;
        const int ReadOnly = 0;
        var handle = OpenDirectory(directory, ReadOnly);
        if (handle < 0)
            throw new IOException($"Cannot open {directory}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        using var file = new SafeFileHandle(handle, ownsHandle: true);
        if (FullSync(handle) != 0)
            throw new IOException($"Cannot sync {directory}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenDirectory(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FullSync(int file);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int DataSync(SafeFileHandle file);

    private sealed class SpoolFile(SafeFileHandle handle) : ISpoolFile
    {
        public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

        public void Sync()
        {
            // The length of the file is data too, so fdatasync writes it; times and owner may wait. macOS needs F_FULLFSYNC, which the framework does.
            if (!OperatingSystem.IsLinux())
                RandomAccess.FlushToDisk(handle);
            else if (DataSync(handle) != 0)
                throw new IOException($"fdatasync failed: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }

        public void Truncate(long length) => RandomAccess.SetLength(handle, length);

        public void Dispose() => handle.Dispose();
    }
}
