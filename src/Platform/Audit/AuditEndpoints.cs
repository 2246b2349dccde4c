using System.Text;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Audit;

/// <summary>Reading the audit: <c>/api/admin/audit</c>.</summary>
internal static class AuditEndpoints
{
    private const int PageMax = 500;
    private const int ExportMax = 100_000;

    /// <param name="Sequence">Place in the chain.</param>
    /// <param name="Before">JSON text, when there was something before.</param>
    /// <param name="After">JSON text, when there is something after.</param>
    /// <param name="ActorName">Empty when the person was erased.</param>
    /// <param name="Hash">Covers this entry and all before it.</param>
    /// <param name="Forgotten">Something of it was forgotten with a person.</param>
    public sealed record View(
        long Sequence, DateTimeOffset At, string Action, string Target, string ActorId, string ActorName, string? Before, string? After, string? Address, string Hash, bool Forgotten);

    /// <param name="Entries">Newest first.</param>
    /// <param name="NextBefore">Give it as <c>before</c> to go on; null at the end.</param>
    public sealed record Page(IReadOnlyList<View> Entries, long? NextBefore);

    /// <summary>What to show; everything that is given must hold.</summary>
    public sealed record Filter(string? Action, string? Target, string? Actor, DateTimeOffset? From, DateTimeOffset? To, long? Before, int? Limit);

    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var audit = routes.MapGroup("/api/admin/audit").WithTags("Administration");
        audit.MapGet("/", ListAsync).RequirePermission(Permission.IdentityRead).WithSummary("What people and programs administered, newest first.");
        audit.MapGet("/export", ExportAsync).RequirePermission(Permission.IdentityRead).WithSummary("The same as CSV.");
        audit.MapPost("/verify", (AuditLog log, CancellationToken stop) => log.VerifyAsync(stop)).RequirePermission(Permission.IdentityRead).WithSummary("Checks the whole chain and says where it is broken.");
    }

    private static async Task<Page> ListAsync([AsParameters] Filter filter, HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        var limit = Math.Clamp(filter.Limit ?? 100, 1, PageMax);
        var rows = await ReadAsync(filter, context, postgres, limit, stop);
        return new Page([.. rows.Select(Show)], rows.Count == limit ? rows[^1].Sequence : null);
    }

    private static async Task<IResult> ExportAsync([AsParameters] Filter filter, HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        var text = new StringBuilder("sequence,at,action,target,actor_id,actor_name,address,before,after,hash\r\n");
        foreach (var entry in (await ReadAsync(filter, context, postgres, ExportMax, stop)).Select(Show))
        {
            string?[] cells = [entry.Sequence.ToString(), entry.At.ToString("O"), entry.Action, entry.Target, entry.ActorId, entry.ActorName, entry.Address, entry.Before, entry.After, entry.Hash];
            text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
        }
        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", "audit.csv");
    }

    /// <summary>A cell that a spreadsheet would take for a formula gets an apostrophe: names are what other people typed.</summary>
    internal static string Cell(string? value)
    {
        var text = value ?? "";
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static async Task<List<AuditRow>> ReadAsync(Filter filter, HttpContext context, NpgsqlDataSource postgres, int limit, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return (await connection.QueryAsync<AuditRow>(
            """
            SELECT * FROM audit.full_entry
             WHERE organization IN (0, @organization)
               AND (@Action::text IS NULL OR starts_with(action, @Action)) AND (@Target::text IS NULL OR starts_with(target, @Target))
               AND (@Actor::text IS NULL OR actor_id = @Actor OR lower(actor_name) = lower(@Actor))
               AND (@From::timestamptz IS NULL OR at >= @From) AND (@To::timestamptz IS NULL OR at < @To) AND (@Before::bigint IS NULL OR sequence < @Before)
             ORDER BY sequence DESC LIMIT @limit
            """,
            new { filter.Action, filter.Target, filter.Actor, filter.From, filter.To, filter.Before, organization = (long)context.Caller().Organization, limit })).ToList();
    }

    private static View Show(AuditRow row) => new(row.Sequence, row.At, row.Action, row.Target, row.ActorId, row.ActorName ?? "", row.Before, row.After, row.Address, Convert.ToHexStringLower(row.Hash),
        (row.ActorCommitment is not null && row.ActorSalt is null) || (row.ChangeCommitment is not null && row.ChangeSalt is null));
}
