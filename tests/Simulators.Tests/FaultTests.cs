using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Rialto.Simulators.Machinery;

namespace Rialto.Simulators.Tests;

public sealed class FaultTests : Rig
{
    [Theory]
    [InlineData("drop-before-effect", 0)]
    [InlineData("drop-after-effect", 1)]
    [InlineData("reset-before-effect", 0)]
    [InlineData("reset-after-effect", 1)]
    [InlineData("truncated-body", 1)]
    public async Task A_cut_connection_leaves_the_effect_of_its_kind(string kind, int effects)
    {
        var token = await SeatToken();
        await SetFaults("sevenrooms", $$"""{"op":"book","kind":"{{kind}}","times":1}""");
        await Should.ThrowAsync<HttpRequestException>(Book(token, "b-1"));
        (await Count("sevenrooms", "reservations")).ShouldBe(effects);
        (await Book(token, "b-2")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("timeout-before-effect", 0)]
    [InlineData("timeout-after-effect", 1)]
    [InlineData("slow-drip", 1)]
    public async Task A_hanging_call_leaves_the_effect_of_its_kind(string kind, int effects)
    {
        var token = await SeatToken();
        await SetFaults("sevenrooms", $$"""{"op":"book","kind":"{{kind}}","times":1}""");
        using var impatient = new HttpClient { Timeout = TimeSpan.FromMilliseconds(400) };
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{Url("sevenrooms")}/2_4/venues/{Verlaine}/book")
        {
            Content = Form(("date", "2026-11-24"), ("time", "19:00"), ("party_size", "2"), ("first_name", "A"), ("last_name", "B"), ("phone", "1"), ("external_id", "b-1")),
        };
        request.Headers.TryAddWithoutValidation("Authorization", token);
        await Should.ThrowAsync<TaskCanceledException>(impatient.SendAsync(request));
        // The vendor may still be at work when its caller has lost patience.
        for (var patience = 0; patience < 600 && await Count("sevenrooms", "reservations") < effects; patience++)
            await Task.Delay(100);
        (await Count("sevenrooms", "reservations")).ShouldBe(effects);
    }

    [Theory]
    [InlineData("500-before", 500, 0)]
    [InlineData("500-after", 500, 1)]
    [InlineData("ok-http-bad-status", 200, 0)]
    [InlineData("401-token", 401, 0)]
    [InlineData("429", 429, 0)]
    public async Task A_wrong_status_leaves_the_effect_of_its_kind(string kind, int status, int effects)
    {
        var token = await SeatToken();
        await SetFaults("sevenrooms", $$"""{"op":"book","kind":"{{kind}}","times":1,"retryAfterSeconds":7}""");
        var told = await Book(token, "b-1");
        told.Status.ShouldBe(status);
        (await Count("sevenrooms", "reservations")).ShouldBe(effects);
        if (kind == "429")
            told.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        if (kind == "ok-http-bad-status")
            told.At("status").GetInt32().ShouldBe(409);
        (await Book(token, "b-2")).Status.ShouldBe(kind == "401-token" ? 401 : 200);
    }

    [Theory]
    [InlineData("malformed-json")]
    [InlineData("wrong-content-type")]
    public async Task An_unreadable_answer_has_the_effect(string kind)
    {
        var token = await SeatToken();
        await SetFaults("sevenrooms", $$"""{"op":"book","kind":"{{kind}}","times":1}""");
        var told = await Book(token, "b-1");
        told.Status.ShouldBe(200);
        Should.Throw<JsonException>(() => told.Json);
        (await Count("sevenrooms", "reservations")).ShouldBe(1);
    }

    [Fact]
    public async Task A_politely_closed_connection_makes_the_frameworks_client_send_a_bodiless_write_again()
    {
        await Stripe(HttpMethod.Get, "/events");
        await SetFaults("stripe", """{"op":"capture-intent","kind":"drop-before-effect"}""");
        await Should.ThrowAsync<HttpRequestException>(Send(HttpMethod.Post, $"{Url("stripe")}/v1/payment_intents/pi_1/capture", null, ("Authorization", "Bearer x")));
        World.Vendor<Simulators.Stripe.StripeVendor>().Calls.All.Count(call => call.Operation == "capture-intent").ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Latency_waits_and_then_works()
    {
        var token = await SeatToken();
        await SetFaults("sevenrooms", """{"op":"*","kind":"latency","milliseconds":250}""");
        var watch = Stopwatch.StartNew();
        (await Book(token, "b-1")).Status.ShouldBe(200);
        watch.ElapsedMilliseconds.ShouldBeGreaterThanOrEqualTo(240);
    }

    [Fact]
    public async Task A_refusing_vendor_has_a_closed_port_and_keeps_its_truth()
    {
        var token = await SeatToken();
        await Book(token, "b-1");
        await SetFaults("sevenrooms", """{"kind":"refuse"}""");
        await Eventually(async () =>
        {
            try
            {
                using var fresh = new HttpClient();
                await fresh.GetAsync($"{Url("sevenrooms")}/_sim/effects");
                return false;
            }
            catch (HttpRequestException exception)
            {
                return exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused };
            }
        }, "the port is closed");
        using var cleared = await Http.DeleteAsync($"{Url("control")}/_sim/sevenrooms/faults");
        await Eventually(async () =>
        {
            try
            {
                return await Count("sevenrooms", "reservations") == 1;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, "the port is open again with what was booked before");
    }

    [Fact]
    public async Task Rate_limit_refuses_what_is_over_it_and_lets_go_with_time()
    {
        var token = await SeatToken();
        await SetFaults("sevenrooms", """{"op":"book","kind":"rate-limit","perSecond":3}""");
        for (var number = 0; number < 3; number++)
            (await Book(token, $"b-{number}")).Status.ShouldBe(200);
        (await Book(token, "b-3")).Status.ShouldBe(429);
        World.Clock.Advance(TimeSpan.FromSeconds(1));
        (await Book(token, "b-3")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Faults_skip_and_count()
    {
        var token = await SeatToken();
        await SetFaults("sevenrooms", """{"faults":[{"op":"book","kind":"500_before","nth":2}]}""");
        var statuses = new List<int>();
        for (var number = 0; number < 3; number++)
            statuses.Add((await Book(token, $"b-{number}")).Status);
        statuses.ShouldBe([200, 500, 200]);
    }

    [Fact]
    public async Task A_seeded_schedule_strikes_the_same_calls_again()
    {
        async Task<string> Run()
        {
            await SetFaults("mail", """{"faults":[{"op":"send","kind":"500-before","probability":0.4}],"seed":42}""");
            var struck = new List<int>();
            for (var number = 0; number < 30; number++)
                struck.Add((await Mail(Guid.CreateVersion7().ToString())).Status);
            return string.Join(',', struck);
        }

        var first = await Run();
        first.ShouldContain("500");
        first.ShouldContain("200");
        (await Run()).ShouldBe(first);
    }

    [Fact]
    public async Task An_unknown_fault_is_refused_with_the_list_of_known_ones()
    {
        var told = await Send(HttpMethod.Put, $"{Url("mail")}/_sim/faults", Text("""{"op":"send","kind":"explode"}"""));
        told.Status.ShouldBe(400);
        told.Text.ShouldContain("drop-after-effect");
    }

    [Fact]
    public async Task The_call_log_tells_order_key_and_whether_there_was_an_effect()
    {
        var token = await SeatToken();
        await SetFaults("sevenrooms", """{"op":"book","kind":"drop-after-effect","times":1}""");
        await Should.ThrowAsync<HttpRequestException>(Book(token, "b-1"));
        await Book(token, "b-2");
        var calls = (await Send(HttpMethod.Get, $"{Url("sevenrooms")}/_sim/calls")).Json.EnumerateArray().Where(call => call.GetProperty("operation").GetString() == "book").ToList();
        calls.Select(call => call.GetProperty("key").GetString()).ShouldBe(["b-1", "b-2"]);
        calls[0].GetProperty("fault").GetString().ShouldBe("drop-after-effect");
        calls[0].GetProperty("hasEffect").GetBoolean().ShouldBeTrue();
        calls[0].GetProperty("status").GetInt32().ShouldBe(0);
    }

    [Fact]
    public void Every_kind_of_fault_is_tried_by_a_test_of_this_project()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Rialto.slnx")))
            folder = folder.Parent;
        var tests = string.Concat(Directory.GetFiles(Path.Combine(folder.FullName, "tests", "Simulators.Tests"), "*.cs").Select(File.ReadAllText));
        var synonyms = new Dictionary<string, string> { ["status-before"] = "500-before", ["status-after"] = "500-after", ["token-expired"] = "401-token", ["too-many"] = "429" };
        FaultWords.Names.Where(name => !tests.Contains($"\"{synonyms.GetValueOrDefault(name, name)}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
