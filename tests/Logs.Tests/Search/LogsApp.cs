using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rialto.Fixtures;
using Rialto.Logs.Search;
using Rialto.Logs.Tests.Query;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Identity;

namespace Rialto.Logs.Tests.Search;

/// <summary>
/// The addresses of search over real HTTP and a table of its own. Who calls is said by the header <c>Caller</c>: "organization" or "organization/application".
/// </summary>
internal sealed class LogsApp : IAsyncDisposable
{
    /// <summary>Every test's now.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static readonly long NowNanos = Nanos.Of(Now);

    private readonly WebApplication _app;

    private LogsApp(WebApplication app, ClickHouseClient clickHouse)
    {
        _app = app;
        ClickHouse = clickHouse;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Http.DefaultRequestHeaders.Add("Caller", "1");
    }

    public ClickHouseClient ClickHouse { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<LogsApp> StartAsync(ClickHouseFixture clickHouse) => await StartAsync(await DifferentialTests.TableAsync(clickHouse));

    public static async Task<LogsApp> StartAsync(ClickHouseClient clickHouse, Action<WebApplicationBuilder>? more = null, Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(clickHouse);
        builder.Services.AddSingleton<TimeProvider>(new StoppedClock());
        builder.Services.AddSearch();
        builder.Services.AddSingleton(provider => new ApplicationDirectory(
            (organization, _) => Task.FromResult(ApplicationNames.Of([((int)organization * 10, "shop"), (((int)organization * 10) + 1, "two words")])), TimeProvider.System));
        builder.Services.AddAuthentication(CallerPrincipal.Scheme).AddScheme<AuthenticationSchemeOptions, CallerOfHeader>(CallerPrincipal.Scheme, null);
        builder.Services.AddRialtoAuthorization();
        more?.Invoke(builder);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapSearch();
        map?.Invoke(app);
        await app.StartAsync();
        return new(app, clickHouse);
    }

    /// <summary>The answer's JSON; the status must be as expected.</summary>
    public async Task<JsonElement> GetAsync(string path, HttpStatusCode status = HttpStatusCode.OK, string caller = "1")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Caller", caller);
        Http.DefaultRequestHeaders.Remove("Caller");
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, $"{path}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>The sequences of every page of a search.</summary>
    public async Task<List<ulong>> SearchAllAsync(string parameters, string caller = "1")
    {
        var found = new List<ulong>();
        string? cursor = null;
        do
        {
            var page = await GetAsync($"/api/logs/search?{parameters}{(cursor is null ? "" : "&cursor=" + cursor)}", caller: caller);
            found.AddRange(Sequences(page));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        return found;
    }

    public static IEnumerable<ulong> Sequences(JsonElement page) => page.GetProperty("records").EnumerateArray().Select(record => ulong.Parse(record.GetProperty("sequence").GetString()!));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    public static Caller CallerOf(string text)
    {
        var parts = text.Split('/');
        return new Caller
        {
            Kind = parts.Length == 1 ? CallerKind.User : CallerKind.Key,
            Id = Guid.CreateVersion7(),
            Name = text,
            Organization = uint.Parse(parts[0]),
            Application = parts.Length == 1 ? null : uint.Parse(parts[1]),
            Permissions = parts.Length > 2 ? new HashSet<string>() : new HashSet<string> { Permission.LogsRead },
        };
    }

    private sealed class CallerOfHeader(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var caller = Request.Headers["Caller"].ToString() is { Length: > 0 } header ? header : Request.Query["caller"].ToString();
            if (caller.Length == 0)
                return Task.FromResult(AuthenticateResult.NoResult());
            var principal = new CallerPrincipal(CallerOf(caller));
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name)));
        }
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
