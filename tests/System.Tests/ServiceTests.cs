using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rialto.Fixtures;

namespace Rialto.System.Tests;

/// <summary>What docs/add-a-service.md tells, done: a small service of another language behind the gateway, by configuration alone and without a restart.</summary>
public partial class ServiceTests(HostFixture fixture)
{
    private const string Document = "api/platform/configuration/gateway/routes";

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        using var _ = answer;
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static async Task<long> DraftAsync(HttpClient admin, object body, string state)
    {
        var draft = await ReadAsync(await admin.PostAsJsonAsync(Document + "/revisions", new { body, note = "greeter" }), HttpStatusCode.Created);
        draft.GetProperty("state").GetString().ShouldBe(state, draft.GetRawText());
        return draft.GetProperty("id").GetInt64();
    }

    private static object Greeter(Service one, int weight, Service two, int weightOfTwo, string path = "/greeter") => new
    {
        routes = new[]
        {
            new
            {
                name = "greeter", path, webSockets = true,
                upstreams = new[] { new { address = one.Address, weight, label = "v1" }, new { address = two.Address, weight = weightOfTwo, label = "v2" } },
                health = new { path = "/health", intervalMs = 200, timeoutMs = 5_000 },
            },
        },
    };

    /// <summary>Who answers, or null when the route is not there.</summary>
    private static async Task<string?> VersionAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("greeter/hello?name=Ann");
        if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != "application/json") return null;
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        body.GetProperty("greeting").GetString().ShouldBe("Hello Ann");
        body.GetProperty("trace").GetString().ShouldNotBeNullOrEmpty();
        return body.GetProperty("version").GetString();
    }

    private static async Task<HashSet<string?>> VersionsAsync(HttpClient client, int requests)
    {
        var seen = new HashSet<string?>();
        for (var i = 0; i < requests; i++) seen.Add(await VersionAsync(client));
        return seen;
    }

    [Fact]
    public async Task A_service_of_another_language_is_added_split_watched_and_taken_back_by_configuration_alone()
    {
        if (Programs.Find("node") is not { } node) throw new InvalidOperationException("Node.js runs the example; the engines come with it, so it is always there.");
        await using var one = await Service.StartAsync(node, "v1");
        await using var two = await Service.StartAsync(node, "v2");
        using var admin = await fixture.Host.SignInAsync();
        using var client = fixture.Host.KeyClient();
        using var stranger = fixture.Host.Client();

        // A draft with a mistake stays a draft; a good one is not in force before somebody says so.
        var wrong = await DraftAsync(admin, Greeter(one, 100, two, 0, path: "/api/greeter"), "draft");
        (await ReadAsync(await admin.PostAsync($"{Document}/revisions/{wrong}/activate", null), HttpStatusCode.Conflict)).GetProperty("code").GetString().ShouldBe("revision-not-valid");
        var first = await DraftAsync(admin, Greeter(one, 100, two, 0), "valid");
        (await VersionAsync(client)).ShouldBeNull();
        await ReadAsync(await admin.PostAsync($"{Document}/revisions/{first}/activate", null), HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await VersionAsync(client) == "v1", "the route is in force");
        (await VersionsAsync(client, 20)).ShouldBe(["v1"]);
        (await stranger.GetAsync("greeter/hello")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        // Bodies both ways, a stream, a WebSocket.
        var large = new string('x', 300_000);
        using (var echo = await client.PostAsync("greeter/echo", new StringContent(large))) (await echo.Content.ReadAsStringAsync()).ShouldBe(large);
        (await client.GetStringAsync("greeter/events")).ShouldBe("data: 1 from v1\n\ndata: 2 from v1\n\ndata: 3 from v1\n\n");
        (await ChatAsync("hi")).ShouldBe("v1: hi");

        // A canary, which is left out while it is sick.
        var canary = await DraftAsync(admin, Greeter(one, 50, two, 50), "valid");
        await ReadAsync(await admin.PostAsync($"{Document}/revisions/{canary}/activate", null), HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => (await VersionsAsync(client, 20)).SetEquals(["v1", "v2"]), "both versions answer");
        await two.SetWellAsync(false);
        await Eventually.TrueAsync(async () => (await VersionsAsync(client, 20)).SetEquals(["v1"]), "the sick one is left out");
        await two.SetWellAsync(true);
        await Eventually.TrueAsync(async () => (await VersionsAsync(client, 20)).SetEquals(["v1", "v2"]), "it is taken back");

        // And the way back, to the revision before and to none.
        (await ReadAsync(await admin.PostAsync(Document + "/rollback", null), HttpStatusCode.OK)).GetProperty("id").GetInt64().ShouldBe(first);
        await Eventually.TrueAsync(async () => (await VersionsAsync(client, 20)).SetEquals(["v1"]), "the canary is gone");
        var none = await DraftAsync(admin, new { routes = Array.Empty<object>() }, "valid");
        await ReadAsync(await admin.PostAsync($"{Document}/revisions/{none}/activate", null), HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await VersionAsync(client) is null, "the route is gone");
    }

    /// <summary>The commands of the page as they stand, but for the ports: those of this test are free ones.</summary>
    [Fact]
    public async Task The_commands_of_the_guide_do_what_it_says()
    {
        Assert.SkipUnless(Programs.Find("curl") is not null && Programs.Find("bash") is not null, "curl or bash is not installed");
        await using var one = await Service.StartAsync(Programs.Find("node")!, "v1");
        await using var two = await Service.StartAsync(Programs.Find("node")!, "v2");
        using var admin = await fixture.Host.SignInAsync();
        var token = (await ReadAsync(await admin.PostAsJsonAsync("api/identity/tokens", new { name = "guide", permissions = new[] { "platform.manage" }, expiresAt = TimeProvider.System.GetUtcNow().AddDays(1) }), HttpStatusCode.Created))
            .GetProperty("secret").GetString();
        var guide = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docs/add-a-service.md"));
        var blocks = Command().Matches(guide).Select(block => block.Groups[1].Value).ToArray();
        var starts = Address().Matches(string.Concat(blocks.TakeWhile(block => !block.StartsWith("curl", StringComparison.Ordinal)))).Select(start => start.Groups[1].Value).ToArray();
        starts.Length.ShouldBe(2);
        string Here(string text) => text.Replace($"http://127.0.0.1:{starts[0]}", one.Address, StringComparison.Ordinal).Replace($"http://127.0.0.1:{starts[1]}", two.Address, StringComparison.Ordinal);
        Task<string> ShellAsync(string script, string id) => Programs.RunAsync("bash", ["-euo", "pipefail", "-c",
            $"RIALTO={fixture.Host.Address.ToString().TrimEnd('/')} TOKEN={token} KEY={RialtoProcess.Key} ID={id}\ncurl() {{ command curl -sS --fail-with-body \"$@\"; echo; }}\n{script}"]);

        var draft = JsonSerializer.Deserialize<JsonElement>(await ShellAsync(Here(blocks.Single(block => block.Contains("/revisions \\", StringComparison.Ordinal))), ""));
        draft.GetProperty("state").GetString().ShouldBe("valid");
        var lines = blocks.Single(block => block.Contains("/activate", StringComparison.Ordinal)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await ShellAsync(lines[0].Replace("/ID/", "/$ID/", StringComparison.Ordinal), draft.GetProperty("id").GetInt64().ToString());
        using var client = fixture.Host.KeyClient();
        await Eventually.TrueAsync(async () => await VersionAsync(client) == "v1", "the route is in force");
        (await ShellAsync(lines[1], "")).ShouldStartWith(lines[2][..lines[2].IndexOf("\"trace\"", StringComparison.Ordinal)]);
        await ReadAsync(await admin.PostAsync(Document + "/rollback", null), HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await VersionAsync(client) is null, "the route is gone");
    }

    [GeneratedRegex("```(?:sh)?\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Command();

    [GeneratedRegex(@"greeter\.mjs (\d+)")]
    private static partial Regex Address();

    private async Task<string> ChatAsync(string text)
    {
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("X-Api-Key", RialtoProcess.Key);
        var address = new UriBuilder(fixture.Host.Address) { Scheme = "ws", Path = "/greeter/chat" }.Uri;
        await socket.ConnectAsync(address, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);
        var buffer = new byte[100];
        var heard = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(buffer, 0, heard.Count);
    }

    /// <summary>The very file of the guide, on a free port.</summary>
    private sealed class Service : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly HttpClient _direct;

        private Service(Process process, string address) => (_process, Address, _direct) = (process, address, new HttpClient { BaseAddress = new Uri(address) });

        public string Address { get; }

        public static async Task<Service> StartAsync(string node, string version)
        {
            var process = Process.Start(new ProcessStartInfo(node, [Path.Combine(Checkout.Root, "docs/examples/greeter.mjs"), "0", version]) { RedirectStandardOutput = true })!;
            var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The service did not start.");
            return new Service(process, line[line.IndexOf("http", StringComparison.Ordinal)..]);
        }

        public async Task SetWellAsync(bool well) => (await _direct.PutAsJsonAsync("health", new { well })).EnsureSuccessStatusCode();

        public async ValueTask DisposeAsync()
        {
            _direct.Dispose();
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }
    }
}
