using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Rialto.Platform.Engines;

/// <summary>Signals that we send to children.</summary>
internal enum Signal
{
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

/// <summary>The few calls of the C library that .NET does not offer.</summary>
internal static partial class Unix
{
    public static bool IsRoot { get; } = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess;

    public static uint UserId { get; } = GetUserId();

    /// <returns>False when there is no such process any more.</returns>
    public static bool Send(int processId, Signal signal) => Kill(processId, (int)signal) == 0;

    public static void ChangeOwner(string path, uint user, uint group)
    {
        if (Chown(path, user, group) != 0) throw new IOException($"Cannot give {path} to user {user}: {LastError()}");
    }

    /// <summary>Owner of a file or directory; Linux only.</summary>
    public static unsafe uint OwnerOf(string path)
    {
        const int CurrentDirectory = -100;
        const uint WantUser = 0x8;
        // struct statx is the same on every architecture: mask, block size, attributes (8), links, uid.
        var buffer = stackalloc byte[256];
        return Statx(CurrentDirectory, path, 0, WantUser, buffer) == 0
            ? *(uint*)(buffer + 20)
            : throw new IOException($"Cannot look at {path}: {LastError()}");
    }

    private static string LastError() => new Win32Exception(Marshal.GetLastPInvokeError()).Message;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "chown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Chown(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetUserId();

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int Statx(int directory, string path, int flags, uint mask, byte* result);
}
