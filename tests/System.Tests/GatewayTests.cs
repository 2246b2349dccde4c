using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rialto.Fixtures;

namespace Rialto.System.Tests;

/// <summary>What the entrance does with every request, in the real binary.</summary>
public class GatewayTests(HostFixture fixture)
{
    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("identity")]
    public async Task What_is_text_is_compressed_for_who_takes_it(string encoding)
    {
        using var client = fixture.Host.Client();
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd(encoding);
        using var answer = await client.GetAsync("openapi/v1.json", TestContext.Current.CancellationToken);
        answer.Content.Headers.ContentEncoding.ShouldBe(encoding == "identity" ? [] : [encoding]);
    }

    [Fact]
    public async Task A_rule_is_tried_in_detect_mode_and_then_blocks_and_the_metrics_say_so()
    {
        const string Document = "api/platform/configuration/gateway/firewall";
        using var admin = await fixture.Host.SignInAsync();
        // Other tests run on this host at the same time: only what carries this header meets the rule.
        async Task ActivateAsync(string? mode)
        {
            var rules = mode is null ? [] : new[] { new { name = "trial", mode, @in = "header:x-firewall-trial", pattern = "attack" } };
            using var made = await admin.PostAsJsonAsync(Document + "/revisions", new { body = new { rules } });
            var draft = await made.Content.ReadFromJsonAsync<JsonElement>();
            draft.GetProperty("state").GetString().ShouldBe("valid", draft.GetRawText());
            (await admin.PostAsync($"{Document}/revisions/{draft.GetProperty("id").GetInt64()}/activate", null)).EnsureSuccessStatusCode();
        }
        async Task<HttpStatusCode> TryAsync(string trace)
        {
            using var client = fixture.Host.Client();
            using var request = new HttpRequestMessage(HttpMethod.Get, "health/live") { Headers = { { "X-Firewall-Trial", "an attack" }, { "traceparent", $"00-{trace}-00f067aa0ba902b7-01" } } };
            using var answer = await client.SendAsync(request);
            return answer.StatusCode;
        }
        using var clickHouse = fixture.ClickHouse();
        Task MeasuredAsync(string trace, string firewall) => Eventually.TrueAsync(
            async () => await clickHouse.TextAsync($"SELECT Firewall FROM requests WHERE TraceId = unhex('{trace}') FORMAT TSV") == firewall, $"{firewall} is measured");

        await ActivateAsync("detect");
        await Eventually.TrueAsync(async () =>
        {
            (await TryAsync(Guid.CreateVersion7().ToString("N"))).ShouldBe(HttpStatusCode.OK);
            return (await clickHouse.TextAsync("SELECT count() FROM requests WHERE Firewall = 'detect:trial' FORMAT TSV")) != "0";
        }, "the rule is tried");
        await ActivateAsync("block");
        var blocked = "";
        await Eventually.TrueAsync(async () => await TryAsync(blocked = Guid.CreateVersion7().ToString("N")) == HttpStatusCode.Forbidden, "the rule blocks");
        await MeasuredAsync(blocked, "block:trial");
        await ActivateAsync(null);
        await Eventually.TrueAsync(async () => await TryAsync(Guid.CreateVersion7().ToString("N")) == HttpStatusCode.OK, "the rule is gone");
    }
}
