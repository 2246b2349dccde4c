using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Configuration;

/// <summary><c>/api/platform/configuration</c>: documents, their revisions, activation and the way back.</summary>
internal static class ConfigurationEndpoints
{
    /// <param name="Name">Two words: <c>connectors/stripe</c>.</param>
    /// <param name="Revision">In force on this node.</param>
    public sealed record Document(string Name, long Revision);

    public sealed record Draft(JsonElement Body, string? Note);

    public sealed record View(
        long Id, string Name, string State, JsonElement Body, string? Note, IReadOnlyList<string> Problems, string Author, string? ActivatedBy, DateTimeOffset CreatedAt, DateTimeOffset? ActivatedAt);

    public static void MapConfiguration(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/platform/configuration").WithTags("Configuration");
        group.MapGet("/", (ConfigurationStore store) => store.Documents.Select(document => new Document(document.Name, document.Revision)).OrderBy(document => document.Name, StringComparer.Ordinal))
            .RequirePermission(Permission.PlatformRead).WithSummary("Every document and the revision in force on this node.");
        group.MapGet("/{area}/{item}", HistoryAsync).RequirePermission(Permission.PlatformRead).WithSummary("Revisions of a document, newest first.");
        group.MapPost("/{area}/{item}/revisions", DraftAsync).RequirePermission(Permission.PlatformManage).WithSummary("Stores a draft and checks it.");
        group.MapPost("/{area}/{item}/revisions/{id:long}/activate", ActivateAsync).RequirePermission(Permission.PlatformManage)
            .WithSummary("Puts a valid or an earlier revision into force on all nodes.");
        group.MapPost("/{area}/{item}/rollback", RollBackAsync).RequirePermission(Permission.PlatformManage).WithSummary("Puts the revision before into force again.");
    }

    private static async Task<Results<Ok<IEnumerable<View>>, Problem>> HistoryAsync(string area, string item, ConfigurationStore store, Revisions revisions, CancellationToken stop) =>
        store.Find($"{area}/{item}") is null ? Unknown(area, item) : TypedResults.Ok((await revisions.HistoryAsync($"{area}/{item}", stop)).Select(Show));

    private static async Task<Results<Created<View>, Problem>> DraftAsync(
        string area, string item, Draft draft, HttpContext context, ConfigurationStore store, Revisions revisions, AuditLog audit, CancellationToken stop)
    {
        if (store.Find($"{area}/{item}") is null) return Unknown(area, item);
        if (draft.Body.ValueKind != JsonValueKind.Object) return Problem.Of(400, "field-missing", "Give the document as a JSON object in body.", "body");
        var stored = await revisions.DraftAsync($"{area}/{item}", draft.Body.GetRawText(), draft.Note, context.Caller().Name, stop);
        await audit.AppendAloneAsync(context, "configuration.revision.draft", $"configuration:{area}/{item}", after: new { revision = stored.Id, stored.State }, stop: stop);
        return TypedResults.Created($"/api/platform/configuration/{area}/{item}", Show(stored));
    }

    private static async Task<Results<Ok<View>, Problem>> ActivateAsync(
        string area, string item, long id, HttpContext context, ConfigurationStore store, Revisions revisions, AuditLog audit, CancellationToken stop)
    {
        if (store.Find($"{area}/{item}") is null) return Unknown(area, item);
        return await revisions.ActivateAsync($"{area}/{item}", id, context.Caller().Name, stop, Telling(audit, context, "configuration.revision.activate")) is { } active
            ? TypedResults.Ok(Show(active))
            : Problem.Of(409, "revision-not-valid", "Only a valid or an earlier revision can be put into force.");
    }

    private static async Task<Results<Ok<View>, Problem>> RollBackAsync(
        string area, string item, HttpContext context, ConfigurationStore store, Revisions revisions, AuditLog audit, CancellationToken stop)
    {
        if (store.Find($"{area}/{item}") is null) return Unknown(area, item);
        return await revisions.RollBackAsync($"{area}/{item}", context.Caller().Name, stop, Telling(audit, context, "configuration.revision.rollback")) is { } active
            ? TypedResults.Ok(Show(active))
            : Problem.Of(409, "no-earlier-revision", "There is no earlier revision to go back to.");
    }

    /// <summary>The whole documents: what was in force stays provable when somebody tampers with the table of revisions. Secrets are references there.</summary>
    private static RevisionTold Telling(AuditLog audit, HttpContext context, string action) => (connection, before, after) =>
        audit.AppendAsync(connection, context, action, "configuration:" + after.Name, before is null ? null : Whole(before), Whole(after));

    private static object Whole(Revision row) => new { revision = row.Id, body = JsonSerializer.Deserialize<JsonElement>(row.Body) };

    private static Problem Unknown(string area, string item) => Problem.Of(404, "no-such-document", $"There is no configuration document {area}/{item}.");

    private static View Show(Revision row) => new(
        row.Id, row.Name, row.State, JsonSerializer.Deserialize<JsonElement>(row.Body), row.Note, row.Problems, row.Author, row.ActivatedBy, row.CreatedAt, row.ActivatedAt);
}
