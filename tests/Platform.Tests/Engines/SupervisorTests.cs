using Rialto.Fixtures;
using Rialto.Platform.Engines;
using Rialto.Platform.Health;

namespace Rialto.Platform.Tests.Engines;

public class SupervisorTests
{
    private static readonly SupervisorTimes Fast = new()
    {
        FirstBackOff = TimeSpan.FromMilliseconds(10), LongestBackOff = TimeSpan.FromMilliseconds(50), ProbeWhileRunning = TimeSpan.FromMilliseconds(10), Hangs = TimeSpan.FromMilliseconds(200),
    };

    [Fact]
    public async Task An_engine_that_never_starts_is_told_with_its_last_words()
    {
        await using var place = new Place();
        var wrong = await Should.ThrowAsync<EngineException>(() => place.StartAsync(new Shell(place.Directory, "echo the disk is full; exit 3"), Fast));
        wrong.Message.ShouldContain("exit code 3");
        wrong.Message.ShouldContain("the disk is full");
    }

    [Fact]
    public async Task An_engine_that_dies_is_started_again_and_the_health_says_so()
    {
        await using var place = new Place();
        var supervisor = await place.StartAsync(new Shell(place.Directory, "exec sleep 1000"), Fast);
        var first = supervisor.ProcessId;
        (await supervisor.CheckAsync(CancellationToken.None)).Status.ShouldBe(PartStatus.Ready);
        Unix.Send(first, Signal.Kill);
        await Eventually.TrueAsync(() => supervisor.ProcessId is not 0 and var now && now != first, "another runs");
        await Eventually.TrueAsync(
            async () => await supervisor.CheckAsync(CancellationToken.None) is { Status: PartStatus.Ready } health && health.Detail.Contains("1 restarts", StringComparison.Ordinal), "the health tells of it");
    }

    [Fact]
    public async Task The_back_off_grows_with_each_death_and_ends_at_its_limit()
    {
        await using var place = new Place();
        var engine = new Shell(place.Directory, "exec sleep 1000");
        var supervisor = await place.StartAsync(engine, Fast);
        engine.Script = "exit 1";
        Unix.Send(supervisor.ProcessId, Signal.Kill);
        await Eventually.TrueAsync(() => place.Log.Text.Split("Next start in 50 ms").Length > 2, "the limit is reached");
        var delays = place.Log.Text.Split("Next start in ").Skip(1).Select(text => int.Parse(text[..text.IndexOf(' ', StringComparison.Ordinal)])).Take(5);
        delays.ShouldBe([10, 20, 40, 50, 50]);
    }

    [Fact]
    public async Task After_a_stable_time_the_back_off_begins_anew()
    {
        await using var place = new Place();
        var supervisor = await place.StartAsync(new Shell(place.Directory, "exec sleep 1000"), Fast with { Stable = TimeSpan.Zero });
        for (var deaths = 1; deaths <= 3; deaths++)
        {
            var before = supervisor.ProcessId;
            Unix.Send(before, Signal.Kill);
            await Eventually.TrueAsync(() => supervisor.ProcessId is not 0 and var now && now != before, "another runs");
        }
        place.Log.Text.Split("Next start in 10 ms").Length.ShouldBe(4);
    }

    [Fact]
    public async Task An_engine_that_hangs_is_killed_and_started_again()
    {
        await using var place = new Place();
        var engine = new Shell(place.Directory, "exec sleep 1000");
        var supervisor = await place.StartAsync(engine, Fast);
        var first = supervisor.ProcessId;
        engine.Answers = false;
        await Eventually.TrueAsync(() => supervisor.ProcessId != first, "it is killed");
        engine.Answers = true;
        await Eventually.TrueAsync(async () => (await supervisor.CheckAsync(CancellationToken.None)).Status == PartStatus.Ready, "another answers");
    }

    [Fact]
    public async Task An_engine_that_ignores_the_stop_is_forced()
    {
        await using var place = new Place();
        var supervisor = await place.StartAsync(new Shell(place.Directory, "trap '' TERM; echo deaf; while :; do sleep 0.01; done"), Fast);
        await Eventually.TrueAsync(() => place.Log.Text.Contains("shell: deaf", StringComparison.Ordinal), "it ignores the signal");
        var child = supervisor.ProcessId;
        await supervisor.StopAsync();
        Unix.Send(child, 0).ShouldBeFalse("it is gone");
        place.Log.Text.ShouldContain("ended by force");
    }

    [Fact]
    public async Task Stopping_while_it_starts_does_not_wait_for_it()
    {
        await using var place = new Place();
        var supervisor = new Supervisor(new Shell(place.Directory, "exec sleep 1000") { Answers = false }, TimeProvider.System, place.Log, Fast);
        var starting = supervisor.StartAsync(CancellationToken.None);
        await Eventually.TrueAsync(() => supervisor.ProcessId != 0, "the process runs");
        await supervisor.StopAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => starting);
    }

    [Fact]
    public void A_data_directory_belongs_to_one_host_at_a_time()
    {
        var directory = Directory.CreateTempSubdirectory("rialto-lock-").FullName;
        using (DataDirectory.Open(directory))
            Should.Throw<EngineException>(() => DataDirectory.Open(directory)).Message.ShouldContain($"in use by another Rialto (process {Environment.ProcessId})");
        DataDirectory.Open(directory).Dispose();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>A shell script in the place of an engine.</summary>
    private sealed class Shell(string directory, string script) : ChildEngine
    {
        public string Script { get; set; } = script;

        public bool Answers { get; set; } = true;

        public override string Name => "shell";

        public override Signal StopSignal => Signal.Terminate;

        public override TimeSpan StopPatience => TimeSpan.FromMilliseconds(300);

        public override Task<ChildCommand> PrepareAsync(CancellationToken stop) => Task.FromResult(new ChildCommand("/bin/sh", ["-c", Script], directory));

        public override Task<bool> ProbeAsync(CancellationToken stop) => Task.FromResult(Answers && Script != "exit 1" && !Script.Contains("exit 3", StringComparison.Ordinal));
    }
}
