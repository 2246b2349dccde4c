using System.Globalization;
using System.Runtime.InteropServices;

namespace Rialto.Engine;

/// <summary>
/// Lets merges give way to inserts and queries: their threads get a lower priority from the operating system. On a machine with time to spare nothing changes; on a
/// busy one, merges catch up when the burst is over, and the table's limits on parts hold back inserts if it never is. Linux only, where threads have priorities of their own.
/// </summary>
internal sealed partial class MergePriority : IDisposable
{
    private const string MergeThread = "MergeMutate";
    private const int Nice = 15;

    // The library starts its threads when it first needs them.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly HashSet<int> _lowered = [];
    private readonly Timer _timer;

    public MergePriority() => _timer = new Timer(_ => Lower(), null, OperatingSystem.IsLinux() ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, Interval);

    public void Dispose() => _timer.Dispose();

    private void Lower()
    {
        lock (_lowered)
        {
            foreach (var directory in Directory.GetDirectories("/proc/self/task"))
            {
                var thread = int.Parse(Path.GetFileName(directory), CultureInfo.InvariantCulture);
                if (!_lowered.Contains(thread) && NameOf(directory) == MergeThread && SetPriority(OneThread, (uint)thread, Nice) == 0)
                    _lowered.Add(thread);
            }
        }
    }

    private static string? NameOf(string directory)
    {
        try
        {
            return File.ReadAllText(Path.Combine(directory, "comm")).TrimEnd();
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    // Named for processes, but Linux takes a thread's id and means that thread.
    private const int OneThread = 0;

    [LibraryImport("libc", EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, uint who, int priority);
}
