using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Audit;

/// <summary>What became of a check of the whole chain.</summary>
public sealed record AuditVerdict(bool Intact, long Entries, string LastHash, long? BrokenAt, string? Reason);

/// <summary>
/// Writes to the audit inside the transaction of what is audited: both happen or neither. Entries are in one chain, so their writers wait for each
/// other until commit; append last, and only for what people administer.
/// </summary>
public sealed partial class AuditLog(NpgsqlDataSource postgres, TimeProvider clock, ILogger<AuditLog> log)
{
    private const int PageOfVerification = 1_000;

    // The log lives elsewhere; whoever rewrites the table cannot rewrite these.
    private const int EntriesPerAnchor = 100;

    private readonly ILogger _log = log;

    /// <summary>Appends on the connection's open transaction.</summary>
    public async Task AppendAsync(NpgsqlConnection connection, AuditEntry entry, CancellationToken stop = default)
    {
        var head = await connection.QuerySingleAsync<Head>(new CommandDefinition("SELECT sequence, hash FROM audit.head FOR UPDATE", cancellationToken: stop));
        var now = clock.GetUtcNow();
        // What PostgreSQL keeps of a time: the hash must be of what will be read again.
        var at = new DateTimeOffset(now.UtcTicks / TimeSpan.TicksPerMicrosecond * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
        var sequence = head.Sequence + 1;
        var hash = AuditChain.HashOf(sequence, at, entry, head.Hash);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO audit.entry (sequence, at, action, target, actor_id, actor_name, organization, before, after, address, previous_hash, hash)
            VALUES (@sequence, @at, @Action, @Target, @ActorId, @ActorName, @Organization, @Before, @After, @Address, @previous, @hash);
            UPDATE audit.head SET sequence = @sequence, hash = @hash;
            """,
            new
            {
                sequence, at, entry.Action, entry.Target, entry.ActorId, entry.ActorName, Organization = (long)entry.Organization, entry.Before, entry.After, entry.Address,
                previous = head.Hash, hash,
            },
            cancellationToken: stop));
        if (sequence % EntriesPerAnchor == 0) LogAnchor(sequence, Convert.ToHexStringLower(hash));
    }

    /// <summary>For what the caller of a request does. <paramref name="before"/> and <paramref name="after"/> become JSON: pass nothing secret.</summary>
    public Task AppendAsync(NpgsqlConnection connection, HttpContext context, string action, string target, object? before = null, object? after = null, CancellationToken stop = default)
    {
        var caller = context.CallerOrNull();
        context.Features.Set(AuditWritten.Done);
        return AppendAsync(connection, new AuditEntry
        {
            Action = action,
            Target = target,
            ActorId = caller?.Id.ToString() ?? "anonymous",
            ActorName = caller?.Name ?? "anonymous",
            Organization = caller?.Organization ?? 0,
            Before = before is null ? null : JsonSerializer.Serialize(before, JsonSerializerOptions.Web),
            After = after is null ? null : JsonSerializer.Serialize(after, JsonSerializerOptions.Web),
            Address = context.Connection.RemoteIpAddress?.ToString(),
        }, stop);
    }

    /// <summary>Appends in a transaction of its own, for what has no other effect.</summary>
    public async Task AppendAloneAsync(HttpContext context, string action, string target, object? before = null, object? after = null, CancellationToken stop = default)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await AppendAsync(connection, context, action, target, before, after, stop);
        await transaction.CommitAsync(stop);
    }

    /// <summary>Reads the whole chain and says where it is broken, if it is.</summary>
    public async Task<AuditVerdict> VerifyAsync(CancellationToken stop = default)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, stop);
        var head = await connection.QuerySingleAsync<Head>("SELECT sequence, hash FROM audit.head");
        var (last, previous) = (0L, AuditChain.Origin);
        while (true)
        {
            var page = (await connection.QueryAsync<AuditRow>(new CommandDefinition(
                "SELECT * FROM audit.entry WHERE sequence > @last ORDER BY sequence LIMIT @PageOfVerification", new { last, PageOfVerification }, cancellationToken: stop))).ToList();
            foreach (var row in page)
            {
                if (AuditChain.Check(row.ToRecord(), last + 1, previous) is { } found)
                    return new AuditVerdict(false, last, Convert.ToHexStringLower(previous), found.Sequence, found.Reason);
                (last, previous) = (row.Sequence, row.Hash);
            }
            if (page.Count < PageOfVerification) break;
        }
        var whole = last == head.Sequence && head.Hash.AsSpan().SequenceEqual(previous);
        return new AuditVerdict(whole, last, Convert.ToHexStringLower(previous), whole ? null : last + 1, whole ? null : $"{head.Sequence} entries were written, {last} are there.");
    }

    private sealed record Head
    {
        public long Sequence { get; init; }

        public byte[] Hash { get; init; } = [];
    }

    [LoggerMessage(LogLevel.Information, "Audit anchor: entry {Sequence} has hash {Hash}")]
    private partial void LogAnchor(long sequence, string hash);
}

/// <summary>A row of <c>audit.entry</c>.</summary>
internal sealed record AuditRow
{
    public long Sequence { get; init; }

    public DateTimeOffset At { get; init; }

    public string Action { get; init; } = "";

    public string Target { get; init; } = "";

    public string ActorId { get; init; } = "";

    public string ActorName { get; init; } = "";

    public long Organization { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public string? Address { get; init; }

    public byte[] PreviousHash { get; init; } = [];

    public byte[] Hash { get; init; } = [];

    public AuditRecord ToRecord() => new(Sequence, At, new AuditEntry
    {
        Action = Action, Target = Target, ActorId = ActorId, ActorName = ActorName, Organization = (uint)Organization, Before = Before, After = After, Address = Address,
    }, PreviousHash, Hash);
}
