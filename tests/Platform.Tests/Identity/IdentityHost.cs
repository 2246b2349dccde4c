using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Fixtures;
using Rialto.Platform.Audit;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Configuration;
using Rialto.Platform.Connectors;
using Rialto.Platform.Gateway.Forwarding;
using Rialto.Platform.Gateway.Plans;
using Rialto.Platform.Gateway.Portal;
using Rialto.Platform.Gateway.Requests;
using Rialto.Platform.Identity;
using Rialto.Platform.Jobs;
using Rialto.Platform.Mail;
using Rialto.Platform.Outbox;
using Rialto.Platform.Postgres;
using Rialto.Platform.Problems;
using Rialto.Platform.Secrets;

namespace Rialto.Platform.Tests.Identity;

/// <summary>All of identity behind a real Kestrel, on a real database, with one organization "one" whose administrator is Ada.</summary>
internal sealed class IdentityHost : IAsyncDisposable
{
    public const string Password = "seven green bottles";
    public const string Ada = "ada@one.example";

    private readonly WebApplication _app;
    private readonly string _directory = Directory.CreateTempSubdirectory("rialto-identity-").FullName;

    private readonly ClickHouseClient? _clickHouse;

    private IdentityHost(PostgresDatabase database, Settings settings, ClickHouseClient? clickHouse)
    {
        (Database, _clickHouse) = (database, clickHouse);
        Settings = settings with { DataDirectory = _directory };
        _app = Build();
    }

    public PostgresDatabase Database { get; }

    public Settings Settings { get; }

    public MovedClock Clock { get; } = new();

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public NpgsqlDataSource Postgres => Database.DataSource;

    public static async Task<IdentityHost> StartAsync(PostgresFixture server, Settings? settings = null, bool withAda = true, ClickHouseClient? clickHouse = null)
    {
        var host = new IdentityHost(await server.CreateDatabaseAsync(), settings ?? new Settings(), clickHouse);
        await OutboxRelay.SubscribeAsync(host.Postgres, host.Services.GetServices<Handler>(), CancellationToken.None);
        await host._app.StartAsync();
        host.Address = new Uri(host._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        if (withAda)
        {
            await host.OrganizationAsync("one");
            await host.PersonAsync("one", Ada, "Ada", Role.Admin);
        }
        return host;
    }

    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var services = builder.Services;
        services.AddRouting().AddSingleton<TimeProvider>(Clock).AddSingleton(Settings).AddSingleton(Database.DataSource).AddSingleton<IReadOnlyList<Module>>([]);
        services.Configure<Microsoft.AspNetCore.Routing.RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddSingleton<Notifications>().AddHostedService(provider => provider.GetRequiredService<Notifications>());
        services.AddSingleton<AuditLog>();
        services.AddSingleton(_ => AddressGuard.Allowing(Settings.UpstreamAllow));
        services.AddConfigurationStore();
        services.AddSecrets();
        services.AddConnectors();
        services.AddMail();
        services.AddSingleton(provider => new JobQueue(Database.DataSource, Clock, provider.GetServices<JobKind>()));
        services.AddSingleton<EventOutbox>().AddSingleton(new RelayPolicy()).AddHostedService<OutboxRelay>();
        services.AddHostedService<JobRunner>();
        services.AddIdentity();
        services.AddSingleton<PlanLimiter>().AddSingleton<UsagePlans>().AddHostedService(provider => provider.GetRequiredService<UsagePlans>());
        services.AddSingleton(_clickHouse ?? new ClickHouseClient(ClickHouseEndpoint.Of(new Uri("http://127.0.0.1:9/"))));
        services.AddSingleton(provider => new RequestRecords(Settings, Clock, provider.GetRequiredService<ILogger<RequestRecords>>(), _clickHouse));
        var app = builder.Build();
        app.UseMiddleware<RequestMeter>();
        app.UseMiddleware<ProblemPipeline>();
        app.UseRouting();
        app.UseMiddleware<CallerAuthentication>();
        app.UseAuthorization();
        app.UseMiddleware<AuditGate>();
        app.UseMiddleware<PlanGate>();
        app.MapIdentity();
        app.MapAudit();
        app.MapPlans();
        app.MapPortalKeys();
        app.MapPortalUsage();
        app.MapRequestStatistics();
        return app;
    }

    public async Task<Guid> OrganizationAsync(string name)
    {
        var id = Guid.CreateVersion7();
        await using var connection = await Postgres.OpenConnectionAsync();
        await connection.ExecuteAsync("INSERT INTO identity.organization (id, name) VALUES (@id, @name)", new { id, name });
        return id;
    }

    public async Task<Guid> PersonAsync(string organization, string email, string name, params string[] roles)
    {
        var id = Guid.CreateVersion7();
        await using var connection = await Postgres.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO identity.app_user (id, organization_id, email, name, password_hash, roles)
            SELECT @id, o.id, @email, @name, @hash, @roles FROM identity.organization o WHERE o.name = @organization
            """,
            new { id, organization, email, name, hash = Services.GetRequiredService<PasswordHashes>().Hash(Password), roles });
        return id;
    }

    /// <summary>A browser of its own: it keeps cookies and follows no redirect.</summary>
    public HttpClient Browser(CookieContainer? cookies = null) => new(new SocketsHttpHandler { CookieContainer = cookies ?? new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Address };

    public async Task<HttpClient> SignedInAsync(string email = Ada, string password = Password)
    {
        var browser = Browser();
        using var answer = await browser.PostAsJsonAsync("/api/identity/sign-in", new { email, password });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return browser;
    }

    /// <summary>Newest first: action, target, before, after.</summary>
    public async Task<IReadOnlyList<(string Action, string Target, string? Before, string? After)>> AuditAsync()
    {
        await using var connection = await Postgres.OpenConnectionAsync();
        return (await connection.QueryAsync<(string, string, string?, string?)>("SELECT action, target, before, after FROM audit.full_entry ORDER BY sequence DESC")).ToList();
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(0);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        await Database.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}

internal static class Answers
{
    /// <summary>The body as JSON, after the status is the expected one.</summary>
    public static async Task<JsonElement> ShouldBeAsync(this Task<HttpResponseMessage> asking, HttpStatusCode status)
    {
        using var answer = await asking;
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>The problem has this status and code.</summary>
    public static async Task ShouldRefuseAsync(this Task<HttpResponseMessage> asking, HttpStatusCode status, string code) =>
        (await asking.ShouldBeAsync(status)).GetProperty("code").GetString().ShouldBe(code);

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;

    public static JsonElement[] Items(this JsonElement element) => [.. element.GetProperty("items").EnumerateArray()];
}
