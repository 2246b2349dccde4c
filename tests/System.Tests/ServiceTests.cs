using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Rialto.Fixtures;

namespace Rialto.System.Tests;

/// <summary>What docs/add-a-service.md tells, done: a small service of another language behind the gateway, by configuration alone and without a restart.</summary>
public class ServiceTests(HostFixture fixture)
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
