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
        var record = AuditChain.Seal(head.Sequence + 1, at, entry, head.Hash);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO audit.entry (sequence, at, action, target, actor_id, organization, previous_hash, hash, actor_commitment, change_commitment)
            VALUES (@Sequence, @At, @Action, @Target, @ActorId, @Organization, @PreviousHash, @Hash, @actor, @change);
            INSERT INTO audit.actor (sequence, salt, name, address) VALUES (@Sequence, @actorSalt, @ActorName, @Address);
            INSERT INTO audit.change (sequence, salt, before, after) SELECT @Sequence, @changeSalt, @Before, @After WHERE @changeSalt::bytea IS NOT NULL;
            UPDATE audit.head SET sequence = @Sequence, hash = @Hash;
            """,
            new
            {
                record.Sequence, record.At, entry.Action, entry.Target, entry.ActorId, entry.ActorName, Organization = (long)entry.Organization, entry.Before, entry.After, entry.Address,
                record.PreviousHash, record.Hash, actor = record.Actor!.Hash, actorSalt = record.Actor.Salt, change = record.Change?.Hash, changeSalt = record.Change?.Salt,
            },
            cancellationToken: stop));
        if (record.Sequence % EntriesPerAnchor == 0) LogAnchor(record.Sequence, Convert.ToHexStringLower(record.Hash));
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
        // Each of these entries is checked with the others.
        var erased = (await connection.QueryAsync<string>(new CommandDefinition("SELECT substr(target, 6) FROM audit.entry WHERE action = @Erasure AND starts_with(target, 'user:')", new { AuditChain.Erasure }, cancellationToken: stop)))
            .ToHashSet(StringComparer.Ordinal);
        var resealed = (await connection.QueryAsync<(long Sequence, string Hash)>(new CommandDefinition(
            """
            SELECT substr(target, 7)::bigint, substring(after FROM '"hash":"([0-9a-f]{64})"') FROM audit.full_entry
             WHERE action = @Reseal AND target ~ '^entry:[0-9]{1,18}$' AND after ~ '"hash":"[0-9a-f]{64}"' ORDER BY sequence
            """,
            new { AuditChain.Reseal }, cancellationToken: stop))).DistinctBy(row => row.Sequence).ToDictionary(row => row.Sequence, row => row.Hash);
        var (last, previous) = (0L, AuditChain.Origin);
        while (true)
        {
            var page = (await connection.QueryAsync<AuditRow>(new CommandDefinition(
                "SELECT * FROM audit.full_entry WHERE sequence > @last ORDER BY sequence LIMIT @PageOfVerification", new { last, PageOfVerification }, cancellationToken: stop))).ToList();
            foreach (var row in page)
            {
                if (AuditChain.Check(row.ToRecord(), last + 1, previous, erased.Contains, sequence => resealed.TryGetValue(sequence, out var hash) ? Convert.FromHexString(hash) : null) is { } found)
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

/// <summary>A row of <c>audit.full_entry</c>.</summary>
internal sealed record AuditRow
{
    public long Sequence { get; init; }

    public DateTimeOffset At { get; init; }

    public string Action { get; init; } = "";

    public string Target { get; init; } = "";

    public string ActorId { get; init; } = "";

    /// <summary>Null when the person was erased.</summary>
    public string? ActorName { get; init; }

    public long Organization { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public string? Address { get; init; }

    public byte[] PreviousHash { get; init; } = [];

    public byte[] Hash { get; init; } = [];

    public byte[]? ActorCommitment { get; init; }

    public byte[]? ActorSalt { get; init; }

    public byte[]? ChangeCommitment { get; init; }

    public byte[]? ChangeSalt { get; init; }

    public AuditRecord ToRecord() => new(Sequence, At, new AuditEntry
    {
        Action = Action, Target = Target, ActorId = ActorId, ActorName = ActorName ?? "", Organization = (uint)Organization, Before = Before, After = After, Address = Address,
    }, PreviousHash, Hash, ActorCommitment is null ? null : new(ActorCommitment, ActorSalt), ChangeCommitment is null ? null : new(ChangeCommitment, ChangeSalt));
}
