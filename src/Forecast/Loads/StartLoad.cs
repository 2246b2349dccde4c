using System.ComponentModel;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Forecast.Sources;
using Rialto.Platform.Identity;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;
using Rialto.Platform.Problems;

namespace Rialto.Forecast.Loads;

/// <summary>What to load. As a form: <c>file</c>, and <c>preset</c>, <c>station</c>, <c>zone</c> or a whole <c>mapping</c>. As JSON: a source.</summary>
internal sealed record LoadRequest
{
    [Description("Name or number of a stored source.")]
    public string? Source { get; init; }

    [Description("A source that is not stored yet: it is stored, without a schedule unless it has one, and read.")]
    public SourceRequest? From { get; init; }
}

/// <summary>A run that waits for its turn.</summary>
internal sealed record LoadStarted(Guid Id, string State);

/// <summary><c>POST /api/forecast/loads</c></summary>
internal sealed class StartLoad(NpgsqlDataSource postgres, JobQueue jobs, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder forecast) =>
        forecast.MapPost("/loads", HandleAsync)
            .RequirePermission(Permission.ForecastWrite)
            .WithName("startLoad")
            .WithSummary("Load values")
            .WithDescription(
                "A form (multipart/form-data) with a CSV file, plain or packed with gzip, and how to read it: preset (prsa, long, retail) or mapping (JSON). "
                + "Or JSON that names a source. Answers at once; the run is at /api/forecast/loads/{id}.")
            .Accepts<LoadRequest>("application/json", "multipart/form-data")
            .Produces<LoadStarted>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Accepted<LoadStarted>, Problem>> HandleAsync(HttpContext context, StartLoad start, SourceBook sources, CancellationToken stop)
    {
        if (Upload.IsForm(context.Request))
            return await start.FromFormAsync(context, stop);
        LoadRequest? request;
        try
        {
            request = await context.Request.ReadFromJsonAsync<LoadRequest>(stop);
        }
        catch (JsonException unreadable)
        {
            return Problem.Of(400, "json-unreadable", "The body is not the JSON this address reads: " + unreadable.Message);
        }
        var by = Origin.Of(context.Caller());
        if (request?.From is { } wanted)
        {
            var (made, wrong) = await sources.PutAsync(by, wanted, context.Caller().May(Permission.ForecastManage), stop);
            return wrong is not null ? wrong : Accepted(await start.EnqueueAsync(by, made!, stop));
        }
        if (request?.Source is not { } name)
            return Problem.Of(400, "source-missing", "Send a form with a file, or JSON with source (a name) or from (an address and a mapping).", "source");
        return await sources.FindAsync(by.Organization, name, stop) is { } found
            ? Accepted(await start.EnqueueAsync(by, found, stop))
            : Problem.Of(404, "no-such-source", $"There is no source \"{name}\".", "source");
    }

    /// <summary>Enqueues a load of what a source has that is new.</summary>
    public async Task<Guid> EnqueueAsync(Origin by, SourceRow source, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var id = await EnqueueAsync(transaction, by, source, stop);
        await transaction.CommitAsync(stop);
        return id;
    }

    public Task<Guid> EnqueueAsync(NpgsqlTransaction transaction, Origin by, SourceRow source, CancellationToken stop) =>
        InsertAsync(transaction, Guid.CreateVersion7(clock.GetUtcNow()), by, source.Name, source.Mapping, source.Id, null, null, stop);

    /// <summary>Stores a file and enqueues its load, for the demo.</summary>
    public async Task<Guid> FileAsync(Origin by, string name, Stream packed, Mapping mapping, CancellationToken stop)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var sink = new PieceSink(postgres, PieceTable.OfLoad, id);
        await packed.CopyToAsync(sink, stop);
        await sink.EndAsync(stop);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await InsertAsync(transaction, id, by, name, JsonSerializer.Serialize(mapping, JsonSerializerOptions.Web), null, null, null, stop);
        await transaction.CommitAsync(stop);
        return id;
    }

    private static Accepted<LoadStarted> Accepted(Guid id) => TypedResults.Accepted($"/api/forecast/loads/{id}", new LoadStarted(id, "waiting"));

    private async Task<Results<Accepted<LoadStarted>, Problem>> FromFormAsync(HttpContext context, CancellationToken stop)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var (upload, wrong) = await Upload.ReadAsync(context, postgres, PieceTable.OfLoad, id, stop);
        if (wrong is not null)
            return wrong;
        Problem? refused = upload!.FileName is null ? Problem.Of(400, "file-missing", "The form has no file.", "file") : null;
        var (mapping, unreadable) = upload.Json<Mapping>("mapping");
        mapping = (mapping ?? new Mapping()) with
        {
            Preset = mapping?.Preset ?? upload.Fields.GetValueOrDefault("preset"),
            Station = mapping?.Station ?? upload.Fields.GetValueOrDefault("station"),
            Zone = mapping?.Zone ?? upload.Fields.GetValueOrDefault("zone"),
        };
        refused ??= unreadable ?? mapping.Filled().Check();
        if (refused is not null)
        {
            await PieceSink.ForgetAsync(postgres, PieceTable.OfLoad, id);
            return refused;
        }
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var by = Origin.Of(context.Caller());
        await InsertAsync(transaction, id, by, upload.FileName!, JsonSerializer.Serialize(mapping, JsonSerializerOptions.Web), null, upload.Bytes, upload.Hash, stop);
        await transaction.CommitAsync(stop);
        return Accepted(id);
    }

    private async Task<Guid> InsertAsync(
        NpgsqlTransaction transaction, Guid id, Origin by, string name, string mapping, int? source, long? bytes, byte[]? hash, CancellationToken stop)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO forecast.load (id, organization, actor, source, name, mapping, bytes, content_hash, created_at)
            VALUES (@id, @organization, @Actor, @source, @name, @mapping::jsonb, @bytes, @hash, @now)
            """,
            new { id, organization = (int)by.Organization, by.Actor, source, name, mapping, bytes, hash, now = clock.GetUtcNow() }, transaction, cancellationToken: stop));
        var job = await jobs.EnqueueAsync(transaction, by, new LoadArguments(id), new JobOptions { Lane = LoadJob.LaneOf(by.Organization) }, stop);
        await transaction.Connection!.ExecuteAsync(new CommandDefinition("UPDATE forecast.load SET job = @job WHERE id = @id", new { id, job }, transaction, cancellationToken: stop));
        return id;
    }
}
