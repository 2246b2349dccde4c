using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity;
using Rialto.Platform.Postgres;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Secrets;

/// <summary><c>/api/platform/secrets</c>: names and versions; a value goes in and never comes out.</summary>
internal static class SecretEndpoints
{
    private const int TextLengthMax = 16_384;

    public sealed record NewSecret(string? Name, string? Value);

    public sealed record Named(string? Name);

    /// <param name="Rewrapped">How many stood under another key.</param>
    public sealed record Rewrap(int Rewrapped);

    public static void AddSecrets(this IServiceCollection services) => services.AddSingleton(provider =>
    {
        var settings = provider.GetRequiredService<Settings>();
        return new SecretStore(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Notifications>(),
            () => KeyRing.Open(settings.KeyFile ?? Path.Combine(settings.DataDirectory, "keys.json")), provider.GetServices<SealedColumn>());
    });

    public static void MapSecrets(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/platform/secrets").WithTags("Secrets").RequirePermission(Permission.PlatformManage);
        group.MapGet("/", (SecretStore store, CancellationToken stop) => store.ListAsync(stop)).WithSummary("Names and versions, never values.");
        group.MapPut("/", PutAsync).WithSummary("Sets a secret; the value before is kept for the way back.");
        group.MapPost("/rollback", RollBackAsync).WithSummary("Makes the value before the present one again.");
        group.MapPost("/rewrap", RewrapAsync).WithSummary("Puts every secret under the first key of the ring.");
    }

    private static async Task<Results<NoContent, Problem>> PutAsync(NewSecret secret, HttpContext context, SecretStore store, AuditLog audit, CancellationToken stop)
    {
        if (secret.Name is null || !SecretReference.IsName(secret.Name))
            return Problem.Of(400, "field-wrong", "The name of a secret is lower-case words with dots, slashes and dashes.", "name");
        if (secret.Value is not { Length: > 0 and <= TextLengthMax }) return Problem.Of(400, "field-missing", $"Give a value of 1 to {TextLengthMax} characters.", "value");
        await store.PutAsync(secret.Name, secret.Value, context.Caller().Name, stop, Telling(audit, context, "secret.put", secret.Name));
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, Problem>> RollBackAsync(Named secret, HttpContext context, SecretStore store, AuditLog audit, CancellationToken stop) =>
        await store.RollBackAsync(secret.Name ?? "", stop, Telling(audit, context, "secret.rollback", secret.Name ?? ""))
            ? TypedResults.NoContent()
            : Problem.Of(409, "no-earlier-value", "There is no earlier value to go back to.", "name");

    private static async Task<Ok<Rewrap>> RewrapAsync(HttpContext context, SecretStore store, AuditLog audit, CancellationToken stop)
    {
        var count = await store.RewrapAsync(stop);
        await audit.AppendAloneAsync(context, "secret.rewrap", "secrets:all", after: new { rewrapped = count }, stop: stop);
        return TypedResults.Ok(new Rewrap(count));
    }

    /// <summary>Name and versions; what a secret is stands nowhere.</summary>
    private static SecretTold Telling(AuditLog audit, HttpContext context, string action, string name) => (connection, before, after) =>
        audit.AppendAsync(connection, context, action, "secret:" + name, before is null ? null : new { version = before }, new { version = after });
}
