using System.Runtime.InteropServices;
using Rialto.Engine.Library;

namespace Rialto.Engine;

/// <summary>
/// Somebody wants this process to end: SIGTERM, SIGINT, the end of standard input (whose other end the parent holds for as long as it lives), or the death
/// of the parent. Listens from its construction, which is the first thing the process does: a parent may die while the tables are still being loaded.
/// </summary>
internal sealed class StopRequest : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly IDisposable[] _registrations;

    public StopRequest()
    {
        _registrations =
        [
            Signals.WatchParent(() => Request("parent-died")),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        ];
        new Thread(AwaitEndOfInput) { IsBackground = true, Name = "stdin" }.Start();
    }

    public CancellationToken Token => _source.Token;

    // The source is left to the end of the process: the input's thread outlives everything and may still cancel it.
    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        Request(context.Signal.ToString());
    }

    private void AwaitEndOfInput()
    {
        using var input = Console.OpenStandardInput();
        var waste = new byte[256];
        while (input.Read(waste) > 0)
        {
        }

        Request("end-of-input");
    }

    private void Request(string reason)
    {
        if (_source.IsCancellationRequested)
            return;
        Log.Info("stopping", ("reason", reason));
        _source.Cancel();
    }
}
