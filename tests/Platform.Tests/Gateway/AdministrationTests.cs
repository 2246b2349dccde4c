using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rialto.Fixtures;
using Rialto.Platform.Audit;
using Rialto.Platform.Gateway.Plans;
using Rialto.Platform.Identity;
using Rialto.Platform.Identity.Administration;

namespace Rialto.Platform.Tests.Gateway;

/// <summary>The administration's endpoints on a real database; who calls is set by a header, because sign-in is tested elsewhere.</summary>
public sealed class AdministrationTests(PostgresFixture server) : IAsyncLifetime
{
    private readonly Guid _application = Guid.CreateVersion7();
    private PostgresDatabase _database = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;
    private ApiKeys _keys = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        await using (var connection = await _database.DataSource.OpenConnectionAsync())
        {
            foreach (var (name, application) in new[] { ("one", _application), ("two", Guid.CreateVersion7()) })
            {
                var organization = Guid.CreateVersion7();
                await connection.ExecuteAsync(
                    "INSERT INTO identity.organization (id, name) VALUES (@organization, @name); INSERT INTO identity.application (id, organization_id, name) VALUES (@application, @organization, 'shop')",
                    new { organization, name, application });
            }
        }
        _keys = new ApiKeys(_database.DataSource, TimeProvider.System);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRouting().AddSingleton(TimeProvider.System).AddSingleton(_database.DataSource).AddSingleton(_keys)
            .AddSingleton(new AuditLog(_database.DataSource, TimeProvider.System, NullLogger<AuditLog>.Instance));
        builder.Services.AddRialtoAuthorization();
        builder.Services.AddAuthentication();
        _app = builder.Build();
        _app.Use(Authenticate);
        _app.UseRouting();
        _app.UseAuthorization();
        _app.UseMiddleware<AuditGate>();
        _app.MapKeyAdministration();
        _app.MapPlans();
        _app.MapAudit();
        _app.MapPost("/api/other", () => "done").RequirePermission(Permission.PlatformManage);
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        As(1, [.. Permission.All]);
    }

    private static Task Authenticate(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers["X-Test"] is [{ Length: > 0 } caller] && caller.Split(';') is [var organization, var permissions])
        {
            context.User = new CallerPrincipal(new Caller
            {
                Kind = CallerKind.User, Id = Guid.Empty, Name = "Ann", Organization = uint.Parse(organization), Permissions = permissions.Split(',').ToHashSet(),
            });
        }
        return next(context);
    }

    private void As(int organization, params string[] permissions)
    {
        _client.DefaultRequestHeaders.Remove("X-Test");
        _client.DefaultRequestHeaders.Add("X-Test", $"{organization};{string.Join(',', permissions)}");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<(string Id, string Text)> CreateAsync()
    {
        using var answer = await _client.PostAsJsonAsync("/api/admin/keys", new { applicationId = _application, name = "k", permissions = new[] { "logs.write" } });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return (body.GetProperty("id").GetString()!, body.GetProperty("text").GetString()!);
    }

    [Fact]
    public async Task A_new_key_works_and_is_never_shown_again()
    {
        var (id, text) = await CreateAsync();
        var found = (await _keys.FindAsync(text)).ShouldNotBeNull();
        found.Caller.Credential.ShouldBe(id);
        (await _keys.FindAsync(text[..^1] + (text[^1] == 'a' ? 'b' : 'a'))).ShouldBeNull("the id is no secret, so it alone must open nothing");
        var list = await _client.GetStringAsync("/api/admin/keys");
        list.ShouldContain(id);
        list.ShouldNotContain(text.Split('_')[2]);
        (await _client.GetStringAsync("/api/admin/audit")).ShouldNotContain(text.Split('_')[2]);
    }

    [Fact]
    public async Task A_rotated_key_works_beside_the_new_one_until_the_overlap_ends()
    {
        var (id, old) = await CreateAsync();
        using var answer = await _client.PostAsJsonAsync($"/api/admin/keys/{id}/rotate", new { overlapHours = 1 });
        var next = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("text").GetString()!;
        (await _keys.FindAsync(old)).ShouldNotBeNull();
        (await _keys.FindAsync(next)).ShouldNotBeNull();
        (await _client.PostAsJsonAsync($"/api/admin/keys/{id}/rotate", new { overlapHours = 1 })).StatusCode.ShouldBe(HttpStatusCode.NotFound, "it has a successor");

        var (other, ended) = await CreateAsync();
        await _client.PostAsJsonAsync($"/api/admin/keys/{other}/rotate", new { overlapHours = 0 });
        (await _keys.FindAsync(ended)).ShouldBeNull();
    }

    [Fact]
    public async Task A_revoked_key_is_dead_and_another_organization_cannot_touch_it()
    {
        var (id, text) = await CreateAsync();
        As(2, [.. Permission.All]);
        (await _client.DeleteAsync($"/api/admin/keys/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _client.GetStringAsync("/api/admin/keys")).ShouldNotContain(id);
        (await _client.PostAsJsonAsync("/api/admin/keys", new { applicationId = _application, name = "k", permissions = new[] { "logs.write" } })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        As(1, [.. Permission.All]);
        (await _client.DeleteAsync($"/api/admin/keys/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await _keys.FindAsync(text)).ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_gives_a_key_more_than_he_has()
    {
        As(1, Permission.IdentityManage);
        using var answer = await _client.PostAsJsonAsync("/api/admin/keys", new { applicationId = _application, name = "k", permissions = new[] { "platform.manage" } });
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_plan_is_made_changed_and_kept_while_a_key_is_on_it()
    {
        (await _client.PutAsJsonAsync("/api/admin/plans/basic", new { ratePerSecond = 10, burst = 20, dailyQuota = 1000 })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await _client.PutAsJsonAsync("/api/admin/plans/basic", new { ratePerSecond = 10, burst = 0, dailyQuota = 0 })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var key = await _client.PostAsJsonAsync("/api/admin/keys", new { applicationId = _application, name = "k", permissions = new[] { "logs.write" }, plan = "basic" });
        (await _keys.FindAsync((await key.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("text").GetString()!))!.Caller.Plan.ShouldBe("basic");
        (await _client.DeleteAsync("/api/admin/plans/basic")).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Every_administrative_action_is_in_the_audit_once_and_the_chain_holds()
    {
        await CreateAsync();
        await _client.PutAsJsonAsync("/api/admin/plans/basic", new { ratePerSecond = 10, burst = 20, dailyQuota = 1000 });
        await _client.PostAsync("/api/other", null);
        As(1, Permission.LogsRead);
        (await _client.PostAsync("/api/other", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        As(1, [.. Permission.All]);
        await ForwardedEventually(3);
        var verdict = await (await _client.PostAsync("/api/admin/audit/verify", null)).Content.ReadFromJsonAsync<JsonElement>();
        verdict.GetProperty("intact").GetBoolean().ShouldBeTrue();
        (await _client.GetStringAsync("/api/admin/audit/export?action=gateway.plan")).ShouldContain("gateway.plan.put,plan:basic");
    }

    private async Task ForwardedEventually(int entries)
    {
        // The generic entry is written after the answer.
        await Forwarding.ForwarderTests.Eventually(async () => (await _client.GetFromJsonAsync<JsonElement>("/api/admin/audit")).GetProperty("entries").GetArrayLength() >= entries);
        var actions = (await _client.GetFromJsonAsync<JsonElement>("/api/admin/audit")).GetProperty("entries").EnumerateArray().Select(entry => entry.GetProperty("action").GetString());
        actions.ShouldBe(["post /api/other", "gateway.plan.put", "identity.key.create"]);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("a,\"b\"", "\"a,\"\"b\"\"\"")]
    [InlineData("plain", "plain")]
    [InlineData(null, "")]
    public void A_cell_of_the_export_is_text_and_no_formula(string? value, string cell) => AuditEndpoints.Cell(value).ShouldBe(cell);
}
