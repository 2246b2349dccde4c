using System.Collections.Concurrent;
using System.Diagnostics;

namespace Rialto.Platform.Engines;

/// <param name="File">Absolute path of the program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Directory">Its working directory, which only this engine uses: orphans of a killed host are found by it.</param>
/// <param name="User">Who it runs as; null is who we are.</param>
/// <param name="WhenHostDies">The signal the kernel sends when the host is gone, however it went.</param>
internal sealed record ChildCommand(string File, IReadOnlyList<string> Arguments, string Directory, EngineUser? User = null, Signal WhenHostDies = Signal.Terminate)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}

/// <summary>A running child. Its output is handed over line by line; the last lines are kept to explain a death.</summary>
internal sealed class ChildProcess : IDisposable
{
    private const int LastLinesMax = 30;
    private static readonly TimeSpan OutputPatience = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lastLines = new();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _outputEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _errorsEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ChildProcess(Process process) => _process = process;

    public int Id { get; private set; }

    /// <summary>Completes when the process is gone, even while its own children still hold its output open.</summary>
    public Task Exited => _exited.Task;

    public int ExitCode => _process.ExitCode;

    /// <summary>
    /// What it said last. Its output arrives later than its end, so that is waited for; not for long, as children of its own may hold the output open.
    /// </summary>
    public async Task<string> LastLinesAsync()
    {
        await Task.WhenAny(Task.WhenAll(_outputEnded.Task, _errorsEnded.Task), Task.Delay(OutputPatience));
        return string.Join(Environment.NewLine, _lastLines);
    }

    public static Task<ChildProcess> StartAsync(ChildCommand command, Action<string> onLine) =>
        Spawner.RunAsync(() => Start(command, onLine));

    public bool Send(Signal signal) => !Exited.IsCompleted && Unix.Send(Id, signal);

    public void Dispose() => _process.Dispose();

    private static ChildProcess Start(ChildCommand command, Action<string> onLine)
    {
        var (file, arguments) = Launcher.Wrap(command);
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = command.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment) start.Environment[name] = value;
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var child = new ChildProcess(process);
        process.Exited += (_, _) => child._exited.TrySetResult();
        process.OutputDataReceived += (_, line) => child.Take(line.Data, onLine, child._outputEnded);
        process.ErrorDataReceived += (_, line) => child.Take(line.Data, onLine, child._errorsEnded);
        process.Start();
        child.Id = process.Id;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return child;
    }

    private void Take(string? line, Action<string> onLine, TaskCompletionSource ended)
    {
        if (line is null)
        {
            ended.TrySetResult();
            return;
        }
        _lastLines.Enqueue(line);
        if (_lastLines.Count > LastLinesMax) _lastLines.TryDequeue(out _);
        onLine(line);
    }

    /// <summary>
    /// Linux sends the parent-death signal when the <em>thread</em> that started the child ends, not the process. Thread-pool threads come and go,
    /// so all children are started by one thread that lives as long as the process.
    /// </summary>
    private static class Spawner
    {
        private static readonly BlockingCollection<Action> Work = [];

        static Spawner() => new Thread(() =>
        {
            foreach (var work in Work.GetConsumingEnumerable()) work();
        })
        { IsBackground = true, Name = "starts children" }.Start();

        public static Task<ChildProcess> RunAsync(Func<ChildProcess> start)
        {
            var started = new TaskCompletionSource<ChildProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
            Work.Add(() =>
            {
                try
                {
                    started.SetResult(start());
                }
                catch (Exception exception)
                {
                    started.SetException(exception);
                }
            });
            return started.Task;
        }
    }
}
