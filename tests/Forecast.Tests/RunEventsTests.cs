using System.Net.ServerSentEvents;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Rialto.Fixtures;

namespace Rialto.Forecast.Tests;

public sealed class RunEventsTests
{
    private readonly ApplicationLifetime _host = new(NullLogger<ApplicationLifetime>.Instance);
    private readonly MemoryStream _body = new();

    [Fact]
    public async Task A_change_is_told_once_and_the_stream_ends_with_the_run()
    {
        string[] states = ["waiting", "waiting", "running", "running", "running", "done", "done"];
        int looks = 0;
        int status = await ListenAsync(new Hurried(1000), () => states[Math.Min(looks++, states.Length - 1)]);
        status.ShouldBe(200);
        Told().Select(one => one.Data).Distinct().ShouldBe(["waiting", "running", "done"]);
        Told()[^1].ShouldBe(new Heard("run", "done", "done"));
        looks.ShouldBe(6);
    }

    [Fact]
    public async Task Who_comes_back_is_told_only_what_is_new_and_after_the_end_nothing_more()
    {
        string[] states = ["running", "running", "done"];
        int looks = 0;
        await ListenAsync(new Hurried(1000), () => states[Math.Min(looks++, 2)], told: "running");
        Told()[^1].Data.ShouldBe("done");
        (await ListenAsync(new Hurried(1000), () => "done", told: "done")).ShouldBe(204);
        (await ListenAsync(new Hurried(1000), () => "done", told: "running")).ShouldBe(200);
        (await ListenAsync(new Hurried(1000), () => null)).ShouldBe(404);
    }

    [Fact]
    public async Task A_run_that_stands_still_is_told_again_and_its_listener_is_sent_away_to_come_back()
    {
        await ListenAsync(new Hurried(1000), () => "waiting");
        Told().Length.ShouldBeGreaterThan(1);
        Told().ShouldAllBe(one => one == new Heard("run", "waiting", "waiting"));
    }

    [Fact]
    public async Task A_host_that_stops_lets_its_listeners_go()
    {
        var listening = ListenAsync(TimeProvider.System, () => "running");
        await Eventually.TrueAsync(() => _body.Length > 0, "the first event");
        _host.StopApplication();
        (await listening).ShouldBe(200);
        Told().Length.ShouldBe(1);
    }

    private async Task<int> ListenAsync(TimeProvider clock, Func<string?> state, string? told = null)
    {
        await using var services = new ServiceCollection().AddLogging().AddOptions().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services, Response = { Body = _body } };
        if (told is not null)
            context.Request.Headers["Last-Event-ID"] = told;
        var answer = await new RunEvents(clock, _host).AnswerAsync(context, "run", _ => Task.FromResult(state() is { } now ? new Run(now) : null), TypedResults.NotFound());
        await answer.ExecuteAsync(context).WaitAsync(TimeSpan.FromSeconds(60));
        return context.Response.StatusCode;
    }

    private Heard[] Told() =>
        [.. SseParser.Create(new MemoryStream(_body.ToArray()), (_, data) => System.Text.Json.JsonDocument.Parse(Encoding.UTF8.GetString(data)).RootElement.GetProperty("state").GetString()!)
            .Enumerate().Select(one => new Heard(one.EventType, one.EventId, one.Data))];

    private readonly record struct Heard(string Kind, string? Id, string Data);

    private sealed record Run(string State) : IRun
    {
        string IRun.Mark => State;
    }

    /// <summary>A clock on which everything takes a fraction of its time.</summary>
    private sealed class Hurried(int times) : TimeProvider
    {
        public override long GetTimestamp() => base.GetTimestamp() * times;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, Sooner(dueTime), Sooner(period));

        private TimeSpan Sooner(TimeSpan span) => span > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Max(1, span.TotalMilliseconds / times)) : span;
    }
}
