using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Forecast.Loads;
using Rialto.Platform.Identity;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;
using Rialto.Platform.Problems;
using Rialto.Platform.Secrets;

namespace Rialto.Forecast.Sources;

/// <summary>The stored sources and their schedules: <c>/api/forecast/sources</c>.</summary>
internal sealed class SourceBook(NpgsqlDataSource postgres, TimeProvider clock)
{
    /// <summary>Secrets that a source may send. Others belong to other parts, and whoever may name an address must not have them sent there.</summary>
    private const string SecretPrefix = "forecast/";

    public static void Map(IEndpointRouteBuilder forecast)
    {
        forecast.MapGet("/sources", ListAsync).RequirePermission(Permission.ForecastRead).WithName("listSources").WithSummary("Sources, with how far they are known and when they run next.");
        forecast.MapPut("/sources", ChangeAsync).RequirePermission(Permission.ForecastManage).WithName("putSource").WithSummary("Makes a source, or changes the one of this name.");
        forecast.MapDelete("/sources/{id:int}", DeleteAsync).RequirePermission(Permission.ForecastManage).WithName("deleteSource").WithSummary("Forgets a source. Its values stay.");
    }

    public async Task<SourceRow?> FindAsync(uint organization, string name, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QueryFirstOrDefaultAsync<SourceRow>(new CommandDefinition(
            $"{SourceRow.Select} WHERE organization = @organization AND (name = @name OR id::text = @name) ORDER BY name = @name DESC",
            new { organization = (int)organization, name }, cancellationToken: stop));
    }

    /// <param name="mayManage">Schedules and secrets change how the area works.</param>
    public async Task<(SourceRow? Made, Problem? Wrong)> PutAsync(Origin by, SourceRequest request, bool mayManage, CancellationToken stop)
    {
        string kind = request.Kind ?? "csv";
        var mapping = request.Mapping ?? new Mapping();
        if (kind == "openaq")
            mapping = mapping with { Preset = "long", StationColumn = null };
        if (kind == "logs")
            (mapping, request) = (new Mapping { Preset = "long" }, request with { Url = "http://logs", Name = request.Name ?? "log volume", Secret = null });
        if (kind is not ("csv" or "openaq" or "logs"))
            return (null, Problem.Of(400, "kind-unknown", "A source is of the kind csv, openaq or logs.", "kind"));
        if (!Uri.TryCreate(request.Url.Replace("{from}", "x"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
            return (null, Problem.Of(400, "url-malformed", "The address begins with http:// or https:// and holds no password.", "url"));
        if (kind == "openaq" && mapping.Station is null)
            return (null, Problem.Of(400, "station-missing", "OpenAQ's pages do not name the station: name it in mapping.station.", "mapping.station"));
        if (request.EveryMinutes is < 1 || request.OverlapHours is < 0)
            return (null, Problem.Of(400, "out-of-bounds", "Minutes between runs are at least 1, hours of overlap at least 0.", "everyMinutes"));
        if (request.Secret is not null && (SecretReference.Parse(request.Secret) is not { } secret || !secret.Name.StartsWith(SecretPrefix, StringComparison.Ordinal)))
            return (null, Problem.Of(400, "secret-malformed", $"The key is a stored secret whose name begins with {SecretPrefix}: secret:{SecretPrefix}name.", "secret"));
        if (!mayManage && (request.Secret is not null || request.EveryMinutes is not null))
            return (null, Problem.Of(403, "permission-missing", $"A schedule or a secret needs the permission {Permission.ForecastManage}."));
        if (mapping.Filled().Check() is { } wrong)
            return (null, wrong);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return (await connection.QuerySingleAsync<SourceRow>(new CommandDefinition(
            """
            INSERT INTO forecast.source AS s (organization, name, kind, url, secret, mapping, every_minutes, overlap_hours, next_at, created_at, actor)
            VALUES (@organization, @name, @kind, @Url, @Secret, @mapping::jsonb, @EveryMinutes, @overlap, CASE WHEN @EveryMinutes IS NULL THEN NULL ELSE @now END, @now, @Actor)
            ON CONFLICT (organization, name) DO UPDATE
               SET kind = @kind, url = @Url, secret = @Secret, mapping = @mapping::jsonb, every_minutes = @EveryMinutes, overlap_hours = @overlap,
                   next_at = CASE WHEN @EveryMinutes IS NULL THEN NULL ELSE coalesce(s.next_at, @now) END
            RETURNING id, name, kind, url, secret, mapping::text, every_minutes, overlap_hours, known_until, next_at
            """,
            new
            {
                organization = (int)by.Organization, name = request.Name ?? request.Url.Split('?')[0], kind, request.Url, request.Secret, request.EveryMinutes, by.Actor,
                mapping = JsonSerializer.Serialize(mapping, JsonSerializerOptions.Web), overlap = request.OverlapHours ?? 48, now = clock.GetUtcNow(),
            },
            cancellationToken: stop)), null);
    }

    private static async Task<IEnumerable<SourceView>> ListAsync(HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var rows = await connection.QueryAsync<SourceRow>(new CommandDefinition(
            $"{SourceRow.Select} WHERE organization = @organization ORDER BY name", new { organization = (int)context.Caller().Organization }, cancellationToken: stop));
        return rows.Select(row => row.ToView());
    }

    private static async Task<Results<Ok<SourceView>, Problem>> ChangeAsync(SourceRequest request, HttpContext context, SourceBook sources, CancellationToken stop)
    {
        var (made, wrong) = await sources.PutAsync(Origin.Of(context.Caller()), request, mayManage: true, stop);
        return wrong is not null ? wrong : TypedResults.Ok(made!.ToView());
    }

    private static async Task<Results<NoContent, Problem>> DeleteAsync(int id, HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.ExecuteAsync(new CommandDefinition(
            "DELETE FROM forecast.source WHERE id = @id AND organization = @organization", new { id, organization = (int)context.Caller().Organization }, cancellationToken: stop)) > 0
            ? TypedResults.NoContent()
            : Problem.Of(404, "no-such-source", "There is no such source.");
    }
}

/// <summary>Every minute: enqueues a load of each source whose time has come.</summary>
internal sealed class DueSources(NpgsqlDataSource postgres, StartLoad start, TimeProvider clock) : IJob<DueSources.Arguments>
{
    public const string Name = "forecast.due-sources";

    internal sealed record Arguments;

    public async Task<JobOutcome> RunAsync(Arguments arguments, JobRun run, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var now = clock.GetUtcNow();
        var due = (await connection.QueryAsync<(int Organization, int Id)>(new CommandDefinition(
            """
            UPDATE forecast.source SET next_at = @now + every_minutes * interval '1 minute' WHERE next_at <= @now RETURNING organization, id
            """,
            new { now }, transaction, cancellationToken: stop))).ToArray();
        foreach (var (organization, id) in due)
        {
            var source = await connection.QuerySingleAsync<SourceRow>(new CommandDefinition($"{SourceRow.Select} WHERE id = @id", new { id }, transaction, cancellationToken: stop));
            await start.EnqueueAsync(transaction, new Origin((uint)organization, "schedule:" + source.Name), source, stop);
        }
        await run.CompleteAsync(transaction, new { started = due.Length }, stop);
        await transaction.CommitAsync(stop);
        return JobOutcome.Done();
    }
}
