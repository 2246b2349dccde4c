using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Rialto.Fixtures;
using Rialto.Platform;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Gateway.Forwarding;
using Rialto.Platform.Hosting;
using Rialto.Platform.Identity;
using Rialto.Platform.Jobs;
using Rialto.Platform.Postgres;
using Rialto.Platform.Problems;
using Rialto.Platform.Secrets;

namespace Rialto.Forecast.Tests;

/// <summary>
/// The module over real HTTP, with its jobs, a PostgreSQL database and a ClickHouse database of its own, for the tests of a class. Each test calls in the name of an
/// organization of its own, so that none sees what another left.
/// </summary>
public sealed class ForecastHost(PostgresFixture postgres, ClickHouseFixture clickHouse) : IAsyncLifetime
{
    private WebApplication _app = null!;
    private int _organizations = 1000;

    public async ValueTask InitializeAsync()
    {
        var module = new ForecastModule();
        var database = await postgres.CreateDatabaseAsync(module);
        var tables = await clickHouse.CreateDatabaseAsync();
        var migrations = new ClickHouseMigrations(tables, ClickHouseSchema.Plain);
        await migrations.ApplyAsync("platform", typeof(Module).Assembly);
        await migrations.ApplyAsync(module.Name, typeof(ForecastModule).Assembly);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var services = builder.Services;
        services.AddSingleton(new Settings());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => NpgsqlDataSource.Create(database.ConnectionString));
        services.AddSingleton(tables);
        services.AddSingleton<Notifications>();
        services.AddHostedService(provider => provider.GetRequiredService<Notifications>());
        services.AddSecrets();
        services.AddSingleton(AddressGuard.Allowing("127.0.0.1/32"));
        services.AddQueues();
        services.AddAuthentication(CallerPrincipal.Scheme).AddScheme<AuthenticationSchemeOptions, CallerOfHeader>(CallerPrincipal.Scheme, null);
        services.AddRialtoAuthorization();
        module.AddServices(builder);
        var app = builder.Build();
        app.UseMiddleware<ProblemPipeline>();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        module.MapEndpoints(app);
        await app.Services.GetRequiredService<Scheduler>().PrepareAsync(CancellationToken.None);
        await app.StartAsync();
        _app = app;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    internal ForecastApp NewOrganization() => new(_app, Interlocked.Increment(ref _organizations).ToString());

    private sealed class CallerOfHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            string[] parts = Request.Headers["Caller"].ToString().Split('/');
            var caller = new Caller
            {
                Kind = CallerKind.User, Id = Guid.CreateVersion7(), Name = "tester", Organization = uint.Parse(parts[0]),
                Permissions = parts.Length > 1 ? parts[1..].ToHashSet() : Permission.All,
            };
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new CallerPrincipal(caller), Scheme.Name)));
        }
    }
}

/// <summary>Calls in the name of one organization; the header <c>Caller</c> says which, and after slashes the permissions when they are not all.</summary>
internal sealed class ForecastApp(WebApplication app, string organization) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromMinutes(2) };

    public int Organization => int.Parse(organization);

    public NpgsqlDataSource Postgres => app.Services.GetRequiredService<NpgsqlDataSource>();

    public async Task<JsonElement> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK, string? caller = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/forecast" + path);
        return await SendAsync(request, status, caller);
    }

    public async Task<JsonElement> PostAsync(string path, object body, HttpStatusCode status = HttpStatusCode.Accepted, string? caller = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/forecast" + path) { Content = JsonContent.Create(body) };
        return await SendAsync(request, status, caller);
    }

    /// <summary>Sends a table as a form and waits for the end of its load.</summary>
    public async Task<JsonElement> LoadAsync(string table, object? mapping = null, string? preset = null, string? caller = null)
    {
        var started = await UploadAsync("/loads", Encoding.UTF8.GetBytes(table), mapping, preset, HttpStatusCode.Accepted, caller);
        return await LoadedAsync(started.GetProperty("id").GetGuid(), caller);
    }

    public async Task<JsonElement> UploadAsync(
        string path, byte[] file, object? mapping, string? preset, HttpStatusCode status = HttpStatusCode.Accepted, string? caller = null, object? parameters = null)
    {
        using var form = new MultipartFormDataContent();
        if (preset is not null)
            form.Add(new StringContent(preset), "preset");
        if (parameters is not null)
            form.Add(new StringContent(JsonSerializer.Serialize(parameters)), "request");
        form.Add(new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } }, "file", "table.csv");
        if (mapping is not null)
            form.Add(new StringContent(JsonSerializer.Serialize(mapping)), "mapping");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/forecast" + path) { Content = form };
        return await SendAsync(request, status, caller);
    }

    public async Task<JsonElement> LoadedAsync(Guid id, string? caller = null) => await EndedAsync("/loads/" + id, caller);

    public async Task<JsonElement> JobAsync(JsonElement started) => await EndedAsync("/jobs/" + started.GetProperty("id").GetGuid(), null);

    /// <summary>What a run tells of itself until it has ended, with the ids of the events.</summary>
    public async Task<IReadOnlyList<(string? Id, JsonElement Run)>> FollowAsync(string path, string? caller = null, Action<JsonElement>? heard = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/forecast{path}/events") { Headers = { { "Caller", caller ?? organization } } };
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        var told = new List<(string?, JsonElement)>();
        await foreach (var one in SseParser.Create(await response.Content.ReadAsStreamAsync(), (_, data) => JsonDocument.Parse(data.ToArray()).RootElement).EnumerateAsync())
        {
            told.Add((one.EventId, one.Data));
            heard?.Invoke(one.Data);
        }
        return told;
    }

    public async Task<double[]> ValuesAsync(string series, string query = "")
    {
        var values = await GetAsync($"/series/{Uri.EscapeDataString(series)}/values?from=2000-01-01T00:00:00Z{query}");
        return [.. values.GetProperty("values").EnumerateArray().Select(value => value.GetProperty("value").GetDouble())];
    }

    public static byte[] Packed(string text)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest))
            packed.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> EndedAsync(string path, string? caller)
    {
        JsonElement view = default;
        await Eventually.TrueAsync(async () =>
        {
            view = await GetAsync(path, caller: caller);
            return view.GetProperty("state").GetString() is "done" or "failed" or "cancelled";
        }, path + " ends");
        return view;
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, HttpStatusCode status, string? caller)
    {
        request.Headers.Add("Caller", caller ?? organization);
        using var response = await _http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, $"{request.RequestUri}: {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }
}
