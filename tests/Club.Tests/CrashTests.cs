using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Fixtures;
using Rialto.Platform.Sagas;

namespace Rialto.Club.Tests;

/// <summary>
/// The process ends before and after every commit and every call of every way, and another begins on the same database. What was in flight counts as unknown;
/// the vendors go on.
/// </summary>
public class CrashTests(PostgresFixture postgres)
{
    private const int Worlds = 3;

    /// <summary>Longer than the lease of a job whose runner died.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(31);

    private static readonly Path[] Ways =
        [Path.CancelCard, Path.SeatGone, Path.Approval, Path.PointsGone, Path.GiveUp, Path.CancelQuay, Path.ItemByCard, Path.ItemByPoints];

    /// <summary>The run dies and all it knew with it, its transaction and its lock too; another begins in the same process.</summary>
    [Fact]
    public Task A_run_that_dies_between_any_two_steps_ends_whole() => RunAsync(ofProcess: false, Ways);

    /// <summary>The process dies: connections break, the lease has to run out, and another process knows nothing but the database.</summary>
    [Fact]
    public Task A_process_that_dies_between_any_two_steps_ends_whole() => RunAsync(ofProcess: true, Path.Points, Path.Card);

    private async Task RunAsync(bool ofProcess, params Path[] ways)
    {
        var chosen = Matrix.Chosen(ways);
        var left = new ConcurrentQueue<Path>(chosen);
        var failures = new ConcurrentBag<string>();
        var crashes = 0;
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Worlds, chosen.Count)).Select(async _ =>
        {
            await using var world = await World.StartAsync(postgres, answerWithinMs: 0, timeoutMs: 5_000, members: 400);
            var member = 0;
            while (left.TryDequeue(out var path))
            {
                try
                {
                    for (var place = 1; await CrashAsync(world, path, place, ++member, ofProcess); place++) Interlocked.Increment(ref crashes);
                }
                catch (Exception exception) when (exception is ShouldAssertException or InvalidOperationException or HttpRequestException or OperationCanceledException)
                {
                    failures.Add($"{path}: {exception.Message.ReplaceLineEndings(" ")}");
                    return;
                }
            }
        }));
        failures.ShouldBeEmpty();
        // Two commits and two calls at least for each way.
        crashes.ShouldBeGreaterThan(chosen.Count * 4);
    }

    /// <returns>False when the way has no such place: it went through.</returns>
    private static async Task<bool> CrashAsync(World world, Path path, int place, int number, bool ofProcess)
    {
        await world.HealAsync();
        var name = $"member{number}@example.test";
        var member = await world.SignInAsync(name);
        world.Vendor("sevenrooms").Configure(JsonSerializer.SerializeToElement(new { requestDecisionSeconds = 45 }));
        await path.PrepareAsync(world);
        var hit = HitAt(world, place, ofProcess);
        var booking = await path.BeginAsync(world, member);
        using var ended = new CancellationTokenSource();
        var going = path.GoAsync(world, member, booking, ended.Token);
        var crashed = await Task.WhenAny(hit, going) == hit || hit.IsCompleted;
        if (crashed && ofProcess)
        {
            await ended.CancelAsync();
            await going.ContinueWith(_ => { }, TaskScheduler.Default);
            await world.CrashAsync();
            await world.Time.AdvanceAsync(Lease);
            await path.GoAsync(world, await world.SignInAsync(name), booking);
        }
        else
        {
            await going;
        }
        await world.Time.AdvanceAsync(TimeSpan.FromMinutes(40));
        world.Outside.Tick();
        await world.JudgeAsync(booking, path.Ends);
        return crashed;
    }

    /// <summary>Ends when a run has come to the n-th place, where it stands still for ever, or throws all away.</summary>
    private static Task HitAt(World world, int place, bool standsStill)
    {
        var hit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var places = 0;
        world.Services.GetRequiredService<SagaFailpoints>().Hit = _ =>
        {
            if (Interlocked.Increment(ref places) != place) return Task.CompletedTask;
            hit.TrySetResult();
            return standsStill ? new TaskCompletionSource().Task : throw new IOException("The run dies here.");
        };
        return hit.Task;
    }
}
