using System.Net;
using System.Text;
using System.Text.Json;
using Dapper;
using Rialto.Fixtures;
using Rialto.Forecast.Registry;
using Rialto.Forecast.Series;
using Rialto.Forecast.Training;

namespace Rialto.Forecast.Tests.Registry;

public sealed class RegistryTests(ForecastHost host) : IClassFixture<ForecastHost>, IDisposable
{
    /// <summary>Small enough for seconds.</summary>
    private static readonly string[] Few = ["calendar"];

    private readonly ForecastApp _app = host.NewOrganization();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_good_model_is_promoted_and_answers_with_interval_coverage_and_precedents()
    {
        await LoadAsync(Made.Hourly(1, 250), "A");
        var model = await TrainAsync(new { series = "x@A", horizon = 6, k = 15, lags = 12, features = Few });
        var before = await _app.PostAsync("/predict", new { series = "x@A" }, HttpStatusCode.OK);
        Codes(before).ShouldContain("no-model");
        before.GetProperty("points")[0].GetProperty("kind").GetString().ShouldBe("baseline");

        await _app.PostAsync($"/models/{model}/promote", new { }, HttpStatusCode.OK);
        var answer = await _app.PostAsync("/predict", new { series = "x@A", horizon = 8, level = 0.8 }, HttpStatusCode.OK);
        answer.GetProperty("model").GetProperty("id").GetGuid().ShouldBe(model);
        answer.GetProperty("measured").GetProperty("level").GetDouble().ShouldBe(0.8);
        answer.GetProperty("measured").GetProperty("coverage").GetDouble().ShouldBe(0.8, 0.08);
        var points = answer.GetProperty("points").EnumerateArray().ToArray();
        points.Take(6).ShouldAllBe(point => point.GetProperty("lower").GetDouble() < point.GetProperty("value").GetDouble() && point.GetProperty("value").GetDouble() < point.GetProperty("upper").GetDouble());
        points.Skip(6).Select(point => point.GetProperty("kind").GetString()).ShouldBe(["climatology", "climatology"]);
        Codes(answer).ShouldContain("beyond-validated-horizon");
        var neighbours = answer.GetProperty("explanation").GetProperty("neighbours").EnumerateArray().ToArray();
        neighbours.Length.ShouldBe(5);
        neighbours.Select(one => one.GetProperty("distance").GetDouble()).ShouldBeInOrder();
    }

    [Fact]
    public async Task What_neighbours_measured_after_the_last_value_of_a_series_changes_no_answer_for_it()
    {
        var other = Made.Hourly(2, 120, "B");
        const int ends = 115 * 24;
        await LoadAsync(Made.Hourly(1, 120), "A", until: ends);
        await LoadAsync(other, "B");
        object request = new { series = new[] { "x@A", "x@B" }, horizon = 4, k = 15, lags = 12, features = new[] { "calendar", "region" }, algorithm = "ridge" };
        var model = await TrainAsync(request);
        string before = (await _app.PostAsync("/predict", new { series = "x@A", model }, HttpStatusCode.OK)).GetProperty("points").GetRawText();
        await LoadAsync(Made.MoveFuture(other, ends), "B");
        (await _app.PostAsync("/predict", new { series = "x@A", model }, HttpStatusCode.OK)).GetProperty("points").GetRawText().ShouldBe(before);
        await LoadAsync(Made.MoveFuture(other, ends - 1), "B");
        (await _app.PostAsync("/predict", new { series = "x@A", model }, HttpStatusCode.OK)).GetProperty("points").GetRawText().ShouldNotBe(before);
    }

    [Fact]
    public async Task A_model_of_pure_chance_is_refused_and_the_answer_names_the_baseline()
    {
        await LoadAsync(Made.RandomWalk(3, 120), "W");
        var model = await TrainAsync(new { series = new[] { "x@W" }, horizon = 6, k = 10, lags = 6, features = Few, transform = "none" });
        var problem = await _app.PostAsync($"/models/{model}/promote", new { }, HttpStatusCode.Conflict);
        problem.GetProperty("code").GetString().ShouldBe("gate-refused");
        problem.GetProperty("baseline").GetString().ShouldBe("persistence");
        problem.GetProperty("detail").GetString()!.ShouldContain("persistence");
        (await _app.GetAsync("/models/" + model)).GetProperty("state").GetString().ShouldBe("refused");
        (await _app.PostAsync("/predict", new { series = "x@W" }, HttpStatusCode.OK)).GetProperty("model").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_same_request_gives_the_same_model_and_a_rollback_brings_the_one_before()
    {
        await LoadAsync(Made.Hourly(1, 250), "A");
        object request = new { series = "x@A", horizon = 4, k = 15, lags = 12, features = Few, name = "m" };
        Guid first = await TrainAsync(request), second = await TrainAsync(request);
        var one = await _app.GetAsync("/models/" + first);
        var two = await _app.GetAsync("/models/" + second);
        (one.GetProperty("version").GetInt32(), two.GetProperty("version").GetInt32()).ShouldBe((1, 2));
        two.GetProperty("hash").GetString().ShouldBe(one.GetProperty("hash").GetString());
        await _app.PostAsync($"/models/{first}/promote", new { }, HttpStatusCode.OK);
        await _app.PostAsync($"/models/{second}/promote", new { }, HttpStatusCode.OK);
        (await _app.GetAsync("/models/" + first)).GetProperty("state").GetString().ShouldBe("retired");
        (await _app.PostAsync("/series/x%40A/rollback", new { }, HttpStatusCode.OK)).GetProperty("id").GetGuid().ShouldBe(first);
        (await _app.GetAsync("/models/" + second)).GetProperty("state").GetString().ShouldBe("retired");
    }

    [Fact]
    public async Task Values_that_come_later_change_nothing_that_was_trained_as_of_before()
    {
        var panel = Made.Hourly(1, 120);
        await LoadAsync(panel, "A", until: 100 * 24);
        var asOf = TimeProvider.System.GetUtcNow();
        object request = new { series = "x@A", horizon = 4, k = 15, lags = 12, features = Few, asOf };
        Guid before = await TrainAsync(request);
        // A future that is nonsense, and a past that is corrected.
        await LoadAsync(Made.MoveFuture(panel, 90 * 24), "A");
        Guid after = await TrainAsync(request);
        (await _app.GetAsync("/models/" + after)).GetProperty("hash").GetString().ShouldBe((await _app.GetAsync("/models/" + before)).GetProperty("hash").GetString());
    }

    [Fact]
    public async Task A_cancelled_training_leaves_the_registry_as_it_was()
    {
        await LoadAsync(Made.Hourly(1, 300), "A");
        var started = await _app.PostAsync("/models", new { series = "x@A", horizon = 24, originEvery = 2 });
        string path = "/jobs/" + started.GetProperty("id").GetGuid();
        Task? cancelled = null;
        var told = await _app.FollowAsync(path, heard: job =>
        {
            if (job.GetProperty("phase").GetString() == "rolling backtest")
                cancelled ??= _app.PostAsync(path + "/cancel", new { }, HttpStatusCode.NoContent);
        });
        await cancelled!;
        told[^1].Run.GetProperty("state").GetString().ShouldBe("cancelled");
        told.Select(one => one.Run.GetProperty("progress").GetDouble()).SkipLast(1).ShouldBeInOrder();
        (await _app.GetAsync("/models")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_test_on_an_attached_file_measures_and_leaves_nothing_behind()
    {
        var started = await _app.UploadAsync(
            "/tests", Encoding.UTF8.GetBytes(Tables.Long(Made.Hourly(1, 250), "A", int.MaxValue)), new { preset = "long" }, null,
            parameters: new { measure = "x", horizon = 4, lags = 12, features = Few, grid = new { k = new[] { 5, 25 } } });
        var job = await _app.JobAsync(started);
        job.GetProperty("state").GetString().ShouldBe("done", job.GetProperty("failure").ToString());
        job.GetProperty("trials").GetArrayLength().ShouldBe(2);
        double[] errors = [.. job.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("mae").GetDouble())];
        errors.ShouldBeInOrder();
        job.GetProperty("card").GetProperty("scores").GetArrayLength().ShouldBeGreaterThan(4);
        (await _app.GetAsync("/models")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await _app.GetAsync("/series")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await Eventually.TrueAsync(async () =>
        {
            await using var connection = await _app.Postgres.OpenConnectionAsync();
            return await connection.QuerySingleAsync<long>("SELECT count(*) FROM forecast.test_piece") == 0;
        }, "the file is forgotten");
    }

    [Fact]
    public void A_card_from_before_reasons_had_codes_can_still_be_read()
    {
        var gate = JsonSerializer.Deserialize<Gate>("""{"passed":false,"reasons":["It does not beat persistence.",{"code":"no-part-better","message":"Nowhere."}]}""", RegistryJson.Options)!;
        gate.Reasons.Select(reason => (reason.Code, reason.Message)).ShouldBe([("text", "It does not beat persistence."), ("no-part-better", "Nowhere.")]);
        JsonSerializer.Serialize(gate.Reasons[1], RegistryJson.Options).ShouldContain("\"code\":\"no-part-better\"");
    }

    [Fact]
    public async Task Too_little_past_fails_in_words_and_not_by_trying_again()
    {
        await LoadAsync(Made.Hourly(1, 8), "A");
        var job = await _app.JobAsync(await _app.PostAsync("/models", new { series = "x@A" }));
        (job.GetProperty("state").GetString(), job.GetProperty("failure").GetProperty("code").GetString()).ShouldBe(("failed", "data-too-short"));
    }

    [Theory]
    [InlineData("""{"series":"x@Nowhere"}""", 404, "no-such-series")]
    [InlineData("""{"series":"x@A","metric":"astral"}""", 400, "word-unknown")]
    [InlineData("""{"series":"x@A","k":0}""", 400, "out-of-bounds")]
    [InlineData("""{"series":"x@A","metric":"cosine","search":"kd_tree"}""", 400, "search-not-usable")]
    [InlineData("""{"series":"x@A","lags":[0,1]}""", 400, "lags-malformed")]
    [InlineData("""{"series":7.5,"horizon":3}""", 404, "no-such-series")]
    [InlineData("""{"horizon":3}""", 400, "series-missing")]
    public async Task A_wrong_parameter_is_a_problem_that_says_which_ones_there_are(string body, int status, string code)
    {
        await LoadAsync(Made.Hourly(1, 2), "A");
        (await _app.PostAsync("/models", JsonDocument.Parse(body).RootElement, (HttpStatusCode)status)).GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task A_time_that_was_measured_is_no_prediction()
    {
        await LoadAsync(Made.Hourly(1, 20), "A");
        (await _app.PostAsync("/predict", new { series = "x@A", at = Made.Start }, HttpStatusCode.BadRequest)).GetProperty("code").GetString().ShouldBe("at-not-ahead");
        var far = await _app.PostAsync("/predict", new { series = "x@A", at = "2031-01-10T08:00:00Z" }, HttpStatusCode.OK);
        far.GetProperty("points").EnumerateArray().ShouldHaveSingleItem().GetProperty("kind").GetString().ShouldBe("climatology");
    }

    private async Task<Guid> TrainAsync(object request)
    {
        var job = await _app.JobAsync(await _app.PostAsync("/models", request));
        job.GetProperty("state").GetString().ShouldBe("done", job.GetProperty("failure").ToString());
        return job.GetProperty("model").GetGuid();
    }

    private async Task LoadAsync(Panel panel, string station, int until = int.MaxValue)
    {
        var load = await _app.LoadAsync(Tables.Long(panel, station, until), preset: "long");
        load.GetProperty("state").GetString().ShouldBe("done", load.GetProperty("failure").ToString());
        load.GetProperty("rejected").GetInt64().ShouldBe(0, load.GetProperty("rejects").ToString());
    }

    private static IEnumerable<string> Codes(JsonElement answer) => answer.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()!);
}
