using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rialto.Fixtures;
using Rialto.Platform.Identity;

namespace Rialto.System.Tests;

/// <summary>Third parties and the forecast API: what a key may, and what its plan allows.</summary>
public sealed class ForecastKeyTests(HostFixture fixture)
{
    [Fact]
    public async Task A_key_that_may_read_may_ask_for_predictions_and_not_load_train_or_promote()
    {
        var tenant = await Tenant.CreateAsync(fixture, "forecast reader", Permission.ForecastRead);
        using var client = fixture.Host.KeyClient(tenant.Key);
        using var asked = await client.PostAsJsonAsync("api/forecast/predict", new { series = "nothing@nowhere" });
        asked.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await asked.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("no-such-series");
        foreach (var path in new[] { "loads", "models", "tests", $"models/{Guid.CreateVersion7()}/promote" })
        {
            using var refused = await client.PostAsJsonAsync("api/forecast/" + path, new { });
            refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
        }
    }

    [Fact]
    public async Task Over_its_plan_a_key_is_told_when_it_may_ask_for_predictions_again()
    {
        var tenant = await Tenant.CreateAsync(fixture, "forecast plan", Permission.ForecastRead);
        using var administrator = await fixture.Host.SignInAsync();
        (await administrator.PutAsJsonAsync("api/admin/plans/one-forecast-an-hour", new { ratePerSecond = 1 / 3600.0, burst = 1, dailyQuota = 0 })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await tenant.SqlAsync("UPDATE identity.api_key SET plan = 'one-forecast-an-hour' WHERE application_id = (SELECT id FROM identity.application WHERE number = $1)");
        using var client = fixture.Host.KeyClient(tenant.Key);
        HttpResponseMessage? over = null;
        // The plan holds within five seconds.
        await Eventually.TrueAsync(async () => (over = await client.PostAsJsonAsync("api/forecast/predict", new { series = "nothing@nowhere" })).StatusCode == HttpStatusCode.TooManyRequests, "the plan holds");
        (await over!.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("rate-exceeded");
        int.Parse(over.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture).ShouldBeInRange(1, 3600);
        over.Headers.Contains("RateLimit-Policy").ShouldBeTrue();
    }
}
