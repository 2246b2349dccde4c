using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rialto.Engine.Library;

/// <summary>
/// libchdb installs handlers for SIGSEGV and others; .NET needs its own SIGSEGV for NullReferenceException and SIGRTMIN to stop threads for the garbage
/// collector. So all handlers are saved before the library starts and put back after it, on top of asking the library not to install any.
/// </summary>
internal static unsafe partial class Signals
{
    // struct sigaction is 152 bytes with glibc on both 64-bit architectures and 16 on macOS.
    private const int ActionBytesMax = 256;
    private const int SignalMax = 64;
    private const int DeathSignal = 1;

    [LibraryImport("libc", EntryPoint = "sigaction")]
    private static partial int Action(int signal, byte* set, byte* old);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int Prctl(int option, nuint value);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("libc", EntryPoint = "umask")]
    public static partial uint Umask(uint mask);

    /// <summary>Runs <paramref name="start"/> and puts every signal handler back to what it was.</summary>
    public static void Preserve(System.Action start)
    {
        var saved = new byte[SignalMax + 1][];
        for (var signal = 1; signal <= SignalMax; signal++)
        {
            var action = GC.AllocateArray<byte>(ActionBytesMax, pinned: true);
            fixed (byte* old = action)
                saved[signal] = Action(signal, null, old) == 0 ? action : [];
        }

        start();
        for (var signal = 1; signal <= SignalMax; signal++)
        {
            if (saved[signal].Length == 0)
                continue;
            fixed (byte* set = saved[signal])
                _ = Action(signal, set, null);
        }
    }

    /// <summary>
    /// Reads through a null reference. When the handlers are not ours this kills the process here, at start or at a probe, and not later in the middle of work.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static bool NullReferenceIsAnException(string? nothing)
    {
        try
        {
            return nothing!.Length < 0;
        }
        catch (NullReferenceException)
        {
            return true;
        }
    }

    /// <summary>The engine's times are UTC whatever the machine's zone is; the library reads TZ from the C environment once.</summary>
    public static void UseUtc() => _ = SetEnvironment("TZ", "UTC", 1);

    /// <summary>
    /// Asks the kernel for SIGHUP when the parent dies and calls <paramref name="orphaned"/> then. The kernel means the thread that started this process,
    /// which in a .NET host may end long before the host does: so the signal counts only when the parent's id has changed.
    /// </summary>
    public static IDisposable WatchParent(System.Action orphaned)
    {
        const int SetParentDeathSignal = 1;
        var parent = ParentId();
        var registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            if (ParentId() != parent)
                orphaned();
        });
        if (OperatingSystem.IsLinux())
            _ = Prctl(SetParentDeathSignal, DeathSignal);
        // It may have died before the kernel was asked.
        if (ParentId() != parent)
            orphaned();
        return registration;
    }
}
