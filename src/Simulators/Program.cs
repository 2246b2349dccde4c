using System.Runtime.InteropServices;
using System.Text.Json;
using Rialto.Simulators.Machinery;

var (options, error) = SimulationOptions.Parse(args);
if (options is null)
{
    Console.Error.WriteLine(error);
    Console.Error.WriteLine(SimulationOptions.Usage);
    return 2;
}

await using var simulation = new Simulation(options);
await simulation.StartAsync();
Console.Out.WriteLine(JsonSerializer.Serialize(new { @event = "ready", urls = simulation.Urls, credentials = simulation.Credentials }));
await Console.Out.FlushAsync();

using var ended = new CancellationTokenSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
if (options.ExitWithParent)
{
    // The console's reader is never asynchronous: read here, it would keep the main thread from hearing of a signal.
    _ = Task.Run(Console.In.ReadToEnd).ContinueWith(_ => ended.Cancel(), TaskScheduler.Default);
}
await Task.Delay(Timeout.Infinite, ended.Token).ContinueWith(_ => { }, TaskScheduler.Default);
return 0;

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    ended.Cancel();
}
