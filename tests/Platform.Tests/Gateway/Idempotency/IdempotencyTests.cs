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
using Rialto.Fixtures;
using Rialto.Platform.Gateway.Idempotency;
using IdempotencyOf = Rialto.Platform.Gateway.Idempotency.Idempotency;

namespace Rialto.Platform.Tests.Gateway.Idempotency;

public sealed class IdempotencyTests(PostgresFixture server) : IAsyncLifetime
{
    private readonly SemaphoreSlim _gate = new(0);
    private PostgresDatabase _database = null!;
    private WebApplication _app = null!;
    private HttpClient _client = null!;
    private int _effects;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddSingleton(TimeProvider.System).AddSingleton(_database.DataSource).AddSingleton<IdempotencyKeys>();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.UseRouting();
        _app.UseMiddleware<IdempotencyGate>();
        IdempotencyOf.TakesIdempotencyKey(_app.MapPost("/order", async (HttpContext context) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            return TypedResults.Created($"/order/{Interlocked.Increment(ref _effects)}", new { number = _effects, body });
        }));
        IdempotencyOf.TakesIdempotencyKey(_app.MapPost("/slow", async () =>
        {
            await _gate.WaitAsync();
            return Interlocked.Increment(ref _effects);
        }), required: true);
        IdempotencyOf.TakesIdempotencyKey(_app.MapPost("/fail", () => TypedResults.StatusCode(Interlocked.Increment(ref _effects) == 1 ? 503 : 200)));
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
        _gate.Dispose();
    }

    private Task<HttpResponseMessage> PostAsync(string path, string? key, string body = "{}")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return _client.SendAsync(request);
    }

    private static async Task<string> CodeAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;

    [Fact]
    public async Task A_repetition_gets_the_same_answer_and_has_no_second_effect()
    {
        var first = await PostAsync("/order", "k1", "one");
        var second = await PostAsync("/order", "k1", "one");
        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        second.Content.Headers.ContentType.ShouldBe(first.Content.Headers.ContentType);
        second.Headers.GetValues("Idempotency-Replayed").ShouldBe(["true"]);
        _effects.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_for_another_request_is_refused()
    {
        await PostAsync("/order", "k1", "one");
        var other = await PostAsync("/order", "k1", "two");
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await CodeAsync(other)).ShouldBe("idempotency-key-reused");
        _effects.ShouldBe(1);
    }

    [Fact]
    public async Task Duplicates_at_the_same_time_wait_for_the_one_and_get_its_answer()
    {
        var all = Enumerable.Range(0, 8).Select(_ => PostAsync("/slow", "k1")).ToArray();
        _gate.Release(8);
        foreach (var answer in await Task.WhenAll(all)) (await answer.Content.ReadAsStringAsync()).ShouldBe("1");
        _effects.ShouldBe(1);
    }

    [Fact]
    public async Task Who_waits_too_long_is_told_to_come_again()
    {
        var first = PostAsync("/slow", "k1");
        await Forwarding.ForwarderTests.Eventually(ClaimedAsync);
        var second = await PostAsync("/slow", "k1");
        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        second.Headers.RetryAfter.ShouldNotBeNull();
        _gate.Release();
        (await first).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await PostAsync("/slow", "k1")).Content.ReadAsStringAsync()).ShouldBe("1");
    }

    private async Task<bool> ClaimedAsync()
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<bool>("SELECT EXISTS (SELECT 1 FROM gateway.idempotency)");
    }

    [Fact]
    public async Task A_failure_is_not_kept()
    {
        (await PostAsync("/fail", "k1")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await PostAsync("/fail", "k1")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PostAsync("/fail", "k1")).StatusCode.ShouldBe(HttpStatusCode.OK);
        _effects.ShouldBe(2);
    }

    [Fact]
    public async Task A_key_is_demanded_where_the_endpoint_says_so()
    {
        (await CodeAsync(await PostAsync("/slow", null))).ShouldBe("idempotency-key-missing");
        (await PostAsync("/order", null)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await CodeAsync(await PostAsync("/order", new string('x', 201)))).ShouldBe("idempotency-key-too-long");
    }

    [Fact]
    public async Task A_dead_requests_key_is_taken_over_and_the_dead_cannot_store_any_more()
    {
        var keys = _app.Services.GetRequiredService<IdempotencyKeys>();
        var hash = IdempotencyKeys.HashOf("POST", "/x", "body"u8);
        var dead = (await keys.ClaimAsync("caller", "k1", hash, CancellationToken.None)).ShouldBeOfType<KeyClaim.Mine>();
        (await keys.ClaimAsync("caller", "k1", hash, CancellationToken.None)).ShouldBeOfType<KeyClaim.Running>();
        await using (var connection = await _database.DataSource.OpenConnectionAsync()) await connection.ExecuteAsync("UPDATE gateway.idempotency SET lease_until = now() - interval '1 second'");
        var next = (await keys.ClaimAsync("caller", "k1", hash, CancellationToken.None)).ShouldBeOfType<KeyClaim.Mine>();
        await Should.ThrowAsync<IdempotencyLostException>(() => keys.StoreAsync(dead.Request, 200, "", [], CancellationToken.None));
        await keys.StoreAsync(next.Request, 200, "text/plain", "done"u8.ToArray(), CancellationToken.None);
        (await keys.ClaimAsync("caller", "k1", hash, CancellationToken.None)).ShouldBeOfType<KeyClaim.Done>().Body.ShouldBe("done"u8.ToArray());
        (await keys.ClaimAsync("somebody else", "k1", hash, CancellationToken.None)).ShouldBeOfType<KeyClaim.Mine>();
    }

    [Fact]
    public async Task A_result_stored_with_its_effect_is_there_with_it_or_not_at_all()
    {
        var keys = _app.Services.GetRequiredService<IdempotencyKeys>();
        var hash = IdempotencyKeys.HashOf("POST", "/x", "body"u8);
        var mine = (KeyClaim.Mine)await keys.ClaimAsync("caller", "k1", hash, CancellationToken.None);
        await using (var connection = await _database.DataSource.OpenConnectionAsync())
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await mine.Request.CompleteAsync(connection, 200, "text/plain", "done"u8.ToArray());
            await transaction.RollbackAsync();
        }
        (await keys.ClaimAsync("caller", "k1", hash, CancellationToken.None)).ShouldBeOfType<KeyClaim.Running>();
    }

    [Fact]
    public async Task An_expired_key_is_a_new_one()
    {
        await PostAsync("/order", "k1", "one");
        await using (var connection = await _database.DataSource.OpenConnectionAsync()) await connection.ExecuteAsync("UPDATE gateway.idempotency SET expires_at = now() - interval '1 second'");
        (await PostAsync("/order", "k1", "two")).StatusCode.ShouldBe(HttpStatusCode.Created);
        _effects.ShouldBe(2);
        (await _app.Services.GetRequiredService<IdempotencyKeys>().ForgetExpiredAsync(CancellationToken.None)).ShouldBe(0);
    }
}
