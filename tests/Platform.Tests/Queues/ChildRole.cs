using System.Diagnostics;
using Dapper;
using Rialto.Fixtures;
using Rialto.Platform.Jobs;

namespace Rialto.Platform.Tests.Queues;

/// <summary>A node in a process of its own, which a test can kill or freeze. It says on its output how far it is.</summary>
internal sealed class ChildRole : IDisposable
{
    public const string Flag = "--child";

    private readonly Process _process;
    private readonly List<string> _said = [];

    private ChildRole(Process process) => _process = process;

    public int ProcessId => _process.Id;

    public static ChildRole Start(string role, string database)
    {
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [Flag, role, database]) { RedirectStandardOutput = true, RedirectStandardInput = true })!;
        var child = new ChildRole(process);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is not null) lock (child._said) child._said.Add(line.Data);
        };
        process.BeginOutputReadLine();
        return child;
    }

    public bool HasSaid(string what)
    {
        lock (_said) return _said.Contains(what);
    }

    public Task SaysAsync(string what) => Eventually.TrueAsync(() => HasSaid(what), $"the child says \"{what}\"");

    public void Kill() => _process.Kill();

    public Task EndedAsync() => _process.WaitForExitAsync();

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    public static Task PlayAsync(string[] role) => role switch
    {
        ["publishes", var database] => PublishAsync(database),
        ["hangs-in-handler", var database] => HangInHandlerAsync(database),
        ["hangs-in-job", var database] => HangInJobAsync(database),
        ["freezes-in-job", var database] => FreezeInJobAsync(database),
        ["asks", var database] => AskAsync(database),
        _ => throw new ArgumentException("No such role: " + string.Join(' ', role)),
    };

    /// <summary>Commits an event and dies before anything could deliver it.</summary>
    private static async Task PublishAsync(string database)
    {
        var node = await Node.StartAsync(database, relays: false);
        await node.PublishAsync(new Counted("k", 1));
        Say("published");
        await Task.Delay(Timeout.Infinite);
    }

    private static async Task HangInHandlerAsync(string database)
    {
        var node = await Node.StartAsync(database);
        node.Script.OnEvent = (_, _, _) =>
        {
            Say("handling");
            return Task.Delay(Timeout.Infinite);
        };
        await node.PublishAsync(new Counted("k", 1), new Counted("k", 2));
        await Task.Delay(Timeout.Infinite);
    }

    private static async Task HangInJobAsync(string database)
    {
        var node = await Node.StartAsync(database, policy: Node.SoonLost);
        node.Script.OnJob = async (_, _, _) =>
        {
            Say("working");
            await Task.Delay(Timeout.Infinite);
            return JobOutcome.Done();
        };
        await node.EnqueueAsync(new Work("w"), new JobOptions { Lane = "l" });
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>Begins a job, waits for a word (it is frozen meanwhile), and then tries to write as if nothing had happened.</summary>
    private static async Task FreezeInJobAsync(string database)
    {
        var node = await Node.StartAsync(database, policy: Node.SoonLost);
        node.Script.OnJob = async (_, run, _) =>
        {
            Say("working");
            await Console.In.ReadLineAsync();
            try
            {
                await node.InTransactionAsync(async transaction =>
                {
                    await run.GuardAsync(transaction);
                    await transaction.Connection!.ExecuteAsync("INSERT INTO seen (handler, key, number) VALUES ('job', 'stale', 1)", transaction: transaction);
                });
                Say("wrote");
            }
            catch (LeaseLostException)
            {
                Say("guarded");
            }
            try
            {
                await node.InTransactionAsync(transaction => run.CompleteAsync(transaction, "stale"));
                Say("completed");
            }
            catch (LeaseLostException)
            {
                Say("fenced");
            }
            return JobOutcome.Done("stale");
        };
        await node.EnqueueAsync(new Work("w"), new JobOptions { Lane = "l" });
        await Task.Delay(Timeout.Infinite);
    }

    /// <summary>Tries to get in, whoever it runs as.</summary>
    private static async Task AskAsync(string database)
    {
        try
        {
            await Engines.Place.AskAsync(database, "SELECT 1");
            Say("admitted");
        }
        catch (Npgsql.PostgresException refused)
        {
            Say("refused " + refused.SqlState);
        }
    }

    public void Tell() => _process.StandardInput.WriteLine();

    private static void Say(string what)
    {
        Console.WriteLine(what);
        Console.Out.Flush();
    }
}
