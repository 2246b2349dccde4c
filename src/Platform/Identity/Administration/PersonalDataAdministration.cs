using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Contracts.Identity;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity.Accounts;
using Rialto.Platform.Identity.PersonalData;
using Rialto.Platform.Outbox;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Administration;

/// <summary>
/// All that is kept of a person, and forgetting him: <c>/api/admin/users/{id}/personal-data</c>. The modules are asked by an event and answer in their own time,
/// so both are asked for again until all have answered.
/// </summary>
internal static class PersonalDataAdministration
{
    private const int ReasonLengthMax = 500;

    /// <summary>An export that was begun this recently is shown again instead of a new one.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    /// <summary>What was collected is removed after this; it is a copy that nobody looks after.</summary>
    private static readonly TimeSpan Keeps = TimeSpan.FromDays(1);

    /// <param name="Part">For example identity, audit, club.</param>
    /// <param name="Data">Null when it keeps nothing of this person.</param>
    /// <param name="Stays">What would stay if he were erased, why, and until when.</param>
    public sealed record Kept(string Part, JsonElement? Data, IReadOnlyList<Stays> Stays);

    /// <summary>A part that has not answered yet.</summary>
    /// <param name="Waits">What it has to keep for now; null when it has not been asked, or does not run.</param>
    public sealed record Missing(string Part, Stays? Waits);

    /// <param name="Stays">What has stayed of the erased person, why, and until when.</param>
    public sealed record Left(string Part, IReadOnlyList<Stays> Stays);

    public sealed record Subject(Guid Id, string Email, string Name);

    /// <param name="State">collecting or ready.</param>
    /// <param name="Missing">Parts that have not answered yet.</param>
    /// <param name="Parts">Empty until ready.</param>
    public sealed record Export(string State, Subject Subject, IReadOnlyList<Missing> Missing, DateTimeOffset AskedAt, IReadOnlyList<Kept> Parts);

    /// <param name="Reason">Stays in the audit: name nobody in it.</param>
    public sealed record Erase(string? Reason);

    /// <param name="State">erasing or erased.</param>
    /// <param name="Missing">Parts that have not done it yet, for example because a booking is under way.</param>
    /// <param name="Parts">Those that have done it.</param>
    public sealed record Erased(string State, IReadOnlyList<Missing> Missing, DateTimeOffset AskedAt, IReadOnlyList<Left> Parts);

    public static void MapPersonalDataAdministration(this IEndpointRouteBuilder routes)
    {
        var data = routes.MapGroup("/api/admin/users/{id:guid}/personal-data").WithTags("Administration");
        data.MapGet("/", ExportAsync).RequirePermission(Permission.IdentityManage).WithSummary("All that is kept of a person: 202 while the modules collect it, then 200. Ask again every second.");
        data.MapDelete("/", EraseAsync).RequirePermission(Permission.IdentityManage).WithSummary("Forgets a person for good, in every module; ask again to see how far it is.");
        routes.MapGet("/api/identity/account/personal-data", OwnAsync).RequireSignedIn().WithTags("Identity").WithSummary("All that is kept of me: 202 while the modules collect it, then 200.");
    }

    private sealed class Row
    {
        public required Guid Id { get; init; }
        public required string[] Parts { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
    }

    private sealed record AnswerRow
    {
        public string Part { get; init; } = "";
        public string? Data { get; init; }
        public string? Stays { get; init; }
        public string? Waits { get; init; }
        public DateTimeOffset? AnsweredAt { get; init; }

        public IReadOnlyList<Stays> WhatStays => Stays is null ? [] : JsonSerializer.Deserialize<Stays[]>(Stays, JsonSerializerOptions.Web)!;
    }

    private static async Task<Results<Ok<Export>, Accepted<Export>, Problem>> ExportAsync(
        Guid id, HttpContext context, NpgsqlDataSource postgres, EventOutbox outbox, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        if (await People.FindAsync(connection, context.Caller().Organization, id, clock.GetUtcNow()) is not { } person) return UserAdministration.NoSuchUser;
        if (Grants.RefusalToTouch(context.Caller(), person.Permissions) is { } above) return above;
        return await CollectAsync(connection, context, new Subject(id, person.Email, person.Name), outbox, audit, clock, stop);
    }

    private static async Task<Results<Ok<Export>, Accepted<Export>, Problem>> OwnAsync(
        HttpContext context, NpgsqlDataSource postgres, EventOutbox outbox, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } session) return MyAccount.PersonRequired;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await CollectAsync(connection, context, new Subject(session.Caller.Id, session.Email, session.Caller.Name), outbox, audit, clock, stop);
    }

    private static async Task<Results<Ok<Export>, Accepted<Export>, Problem>> CollectAsync(
        NpgsqlConnection connection, HttpContext context, Subject subject, EventOutbox outbox, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        var (caller, now) = (context.Caller(), clock.GetUtcNow());
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.ExecuteAsync("DELETE FROM identity.personal_data_request WHERE kind = 'export' AND created_at < @old", new { old = now - Keeps });
        // Each administrator asks for himself, so that the audit names everybody who saw it.
        var request = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT id, parts, created_at FROM identity.personal_data_request
             WHERE person = @Id AND kind = 'export' AND asked_by = @by AND created_at > @since ORDER BY created_at DESC LIMIT 1
            """,
            new { subject.Id, by = caller.Id, since = now - Fresh });
        if (request is null)
        {
            request = await AskAsync(connection, "export", subject.Id, caller, now);
            await audit.AppendAsync(connection, context, "identity.person.export", "user:" + subject.Id, stop: stop);
            await outbox.PublishAsync(transaction, Origin.Of(caller), new PersonalDataAsked(request.Id, subject.Id), stop);
        }
        await transaction.CommitAsync(stop);
        var (answers, missing) = await AnswersAsync(connection, request);
        context.Response.Headers.CacheControl = "no-store";
        if (missing.Count > 0) return TypedResults.Accepted((string?)null, new Export("collecting", subject, missing, request.CreatedAt, []));
        return TypedResults.Ok(new Export("ready", subject, [], request.CreatedAt,
            [.. answers.Select(answer => new Kept(answer.Part, answer.Data is null ? null : JsonSerializer.Deserialize<JsonElement>(answer.Data), answer.WhatStays))]));
    }

    private static async Task<(IReadOnlyList<AnswerRow> Answers, IReadOnlyList<Missing> Missing)> AnswersAsync(NpgsqlConnection connection, Row request)
    {
        var rows = (await connection.QueryAsync<AnswerRow>(
            "SELECT part, data, stays, waits, answered_at FROM identity.personal_data_answer WHERE request = @Id ORDER BY part", new { request.Id })).ToDictionary(row => row.Part);
        var missing = request.Parts.Where(part => rows.GetValueOrDefault(part) is not { AnsweredAt: not null })
            .Select(part => new Missing(part, rows.GetValueOrDefault(part)?.Waits is { } waits ? JsonSerializer.Deserialize<Stays>(waits, JsonSerializerOptions.Web) : null));
        return ([.. rows.Values.Where(row => row.AnsweredAt is not null)], [.. missing]);
    }

    private static async Task<Results<Ok<Erased>, Accepted<Erased>, Problem>> EraseAsync(
        Guid id, [FromBody] Erase request, HttpContext context, NpgsqlDataSource postgres, EventOutbox outbox, AuditLog audit, KnownCredentials known, TimeProvider clock, CancellationToken stop)
    {
        var (caller, now) = (context.Caller(), clock.GetUtcNow());
        if (request.Reason?.Trim() is not { Length: > 0 and <= ReasonLengthMax } reason) return Problem.Of(400, "field-missing", $"Say why, in 1 to {ReasonLengthMax} characters.", "reason");
        if (id == caller.Id) return Problem.Of(409, "not-yourself", "You cannot erase your own account; ask another administrator.");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var administrators = await LastAdministrator.WatchAsync(connection, caller.Organization);
        if (await BegunAsync(connection, id, caller) is { } begun)
        {
            context.Features.Set(AuditWritten.Nothing);
            return await AnswerAsync(connection, begun);
        }
        if (await People.FindAsync(connection, caller.Organization, id, now) is not { } person) return UserAdministration.NoSuchUser;
        if (Grants.RefusalToTouch(caller, person.Permissions) is { } above) return above;
        // From here he cannot sign in, is in no list, and his address is free; the modules follow.
        await SignInThrottle.ForgetAccountAsync(connection, person.Email);
        await connection.ExecuteAsync(
            "UPDATE identity.app_user SET email = 'erased@' || id || '.invalid', disabled_at = coalesce(disabled_at, @now), erased_at = @now, password_hash = NULL WHERE id = @id", new { id, now });
        await UserAdministration.EndSessionsAsync(connection, id, clock);
        if (await administrators.IsGoneAsync()) return LastAdministrator.Refusal;
        var asked = await AskAsync(connection, "erase", id, caller, now);
        await audit.AppendAsync(connection, context, AuditChain.Erasure, "user:" + id, after: new { reason }, stop: stop);
        await outbox.PublishAsync(transaction, Origin.Of(caller), new PersonErased(asked.Id, id), stop);
        await transaction.CommitAsync(stop);
        known.Forget();
        return TypedResults.Accepted((string?)null, new Erased("erasing", [.. asked.Parts.Select(part => new Missing(part, null))], asked.CreatedAt, []));
    }

    private static async Task<Results<Ok<Erased>, Accepted<Erased>, Problem>> AnswerAsync(NpgsqlConnection connection, Row request)
    {
        var (answers, missing) = await AnswersAsync(connection, request);
        var done = answers.Select(answer => new Left(answer.Part, answer.WhatStays)).ToArray();
        return missing.Count == 0
            ? TypedResults.Ok(new Erased("erased", [], request.CreatedAt, done))
            : TypedResults.Accepted((string?)null, new Erased("erasing", missing, request.CreatedAt, done));
    }

    private static Task<Row?> BegunAsync(NpgsqlConnection connection, Guid id, Caller caller) => connection.QuerySingleOrDefaultAsync<Row>(
        """
        SELECT r.id, r.parts, r.created_at FROM identity.personal_data_request r JOIN identity.organization o ON o.id = r.organization_id
         WHERE r.person = @id AND r.kind = 'erase' AND o.number = @organization
        """,
        new { id, organization = (int)caller.Organization });

    /// <summary>Everybody who ever listened is expected to answer, also a module that runs on no node just now.</summary>
    private static Task<Row> AskAsync(NpgsqlConnection connection, string kind, Guid person, Caller caller, DateTimeOffset now) => connection.QuerySingleAsync<Row>(
        """
        INSERT INTO identity.personal_data_request (id, kind, person, organization_id, asked_by, parts, created_at)
        SELECT @id, @kind, u.id, u.organization_id, @by,
               (SELECT coalesce(array_agg(left(handler, -length(@HandlerSuffix)) ORDER BY handler), '{}') FROM platform.subscription WHERE type = 'identity.person-erased'), @now
          FROM identity.app_user u WHERE u.id = @person
        RETURNING id, parts, created_at
        """,
        new { id = Guid.CreateVersion7(now), kind, person, by = caller.Id, PersonalDataRegistration.HandlerSuffix, now });
}
