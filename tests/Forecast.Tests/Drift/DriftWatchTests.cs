using System.Net;
using System.Text.Json;
using Rialto.Fixtures;
using Rialto.Forecast.Series;

namespace Rialto.Forecast.Tests.Drift;

public sealed class DriftWatchTests(ForecastHost host) : IClassFixture<ForecastHost>, IDisposable
{
    private const int Known = 200 * 24;

    private static readonly Panel Whole = Made.Hourly(1, 220);

    private readonly ForecastApp _app = host.NewOrganization();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_promoted_model_that_fails_two_checks_makes_an_event_and_leaves_the_answer_to_a_baseline()
    {
        var model = await PromotedAsync();
        Drift(await _app.GetAsync("/models/" + model)).ShouldBeEmpty();
        var changed = Made.MoveFuture(Whole, Known);

        await _app.LoadAsync(Tables.Long(changed, "A", Known + (8 * 24)), preset: "long");
        (await CheckedAsync(model, 8)).GetProperty("state").GetString().ShouldBe("watched");
        (await _app.PostAsync("/predict", new { series = "x@A" }, HttpStatusCode.OK)).GetProperty("model").GetProperty("id").GetGuid().ShouldBe(model);
        (await EventsAsync(model)).ShouldBe(0);

        await _app.LoadAsync(Tables.Long(changed, "A", Known + (10 * 24)), preset: "long");
        var drift = await CheckedAsync(model, 10);
        (drift.GetProperty("state").GetString(), drift.GetProperty("series").GetString()).ShouldBe(("drifted", "x@A"));
        drift.GetProperty("mae").GetDouble().ShouldBeGreaterThan(drift.GetProperty("baselineMae").GetDouble());
        var answer = await _app.PostAsync("/predict", new { series = "x@A" }, HttpStatusCode.OK);
        answer.GetProperty("model").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.GetProperty("points")[0].GetProperty("kind").GetString().ShouldBe("baseline");
        answer.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()).ShouldContain("model-drifted");
        (await EventsAsync(model)).ShouldBe(1);
    }

    [Fact]
    public async Task A_promoted_model_that_holds_what_it_promised_is_steady()
    {
        var model = await PromotedAsync();
        await _app.LoadAsync(Tables.Long(Whole, "A", Known + (15 * 24)), preset: "long");
        var drift = await CheckedAsync(model, 15);
        drift.GetProperty("state").GetString().ShouldBe("steady", drift.ToString());
        drift.GetProperty("outcomes").GetInt32().ShouldBeGreaterThan(200);
        drift.GetProperty("mae").GetDouble().ShouldBeLessThan(drift.GetProperty("baselineMae").GetDouble());
    }

    private async Task<Guid> PromotedAsync()
    {
        await _app.LoadAsync(Tables.Long(Whole, "A", Known), preset: "long");
        var job = await _app.JobAsync(await _app.PostAsync("/models", new { series = "x@A", horizon = 6, k = 15, lags = 12, features = new[] { "calendar" } }));
        var model = job.GetProperty("model").GetGuid();
        await _app.PostAsync($"/models/{model}/promote", new { }, HttpStatusCode.OK);
        return model;
    }

    /// <summary>Lets the hour of the watch come and waits until it has seen the values of so many days.</summary>
    private async Task<JsonElement> CheckedAsync(Guid model, int days)
    {
        await using (var due = _app.Postgres.CreateCommand("UPDATE platform.schedule SET next_at = now() WHERE name = 'forecast.drift'"))
            await due.ExecuteNonQueryAsync();
        var until = new DateTimeOffset(Whole.Grid.At(Known + ((days - 1) * 24)), TimeSpan.Zero);
        JsonElement[] drift = [];
        await Eventually.TrueAsync(async () => (drift = Drift(await _app.GetAsync("/models/" + model))).Length == 1 && drift[0].GetProperty("until").GetDateTimeOffset() > until, "the watch has looked");
        return drift[0];
    }

    private static JsonElement[] Drift(JsonElement model) => [.. model.GetProperty("drift").EnumerateArray()];

    private async Task<long> EventsAsync(Guid model)
    {
        await using var command = _app.Postgres.CreateCommand("SELECT count(*) FROM platform.envelope WHERE type = 'forecast.model-drifted' AND key = $1");
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = $"model:{model}" });
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
