using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rialto.Fixtures;
using Rialto.Platform.Audit;

namespace Rialto.Platform.Tests.Audit;

public sealed class AuditLogTests(PostgresFixture server) : IAsyncLifetime
{
    private PostgresDatabase _database = null!;
    private AuditLog _audit = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _audit = new AuditLog(_database.DataSource, TimeProvider.System, NullLogger<AuditLog>.Instance);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task AppendAsync(string target, bool commit = true)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await _audit.AppendAsync(connection, new AuditEntry { Action = "test.do", Target = target, ActorId = "1", ActorName = "Ann", Organization = 1, After = "{ \"a\" : 1 }" });
        if (commit) await transaction.CommitAsync();
    }

    private async Task ForgeAsync(string sql)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        string[] tables = ["entry", "actor", "change"];
        await connection.ExecuteAsync(string.Concat(tables.Select(table => $"ALTER TABLE audit.{table} DISABLE TRIGGER USER;")) + sql + ";" + string.Concat(tables.Select(table => $"ALTER TABLE audit.{table} ENABLE TRIGGER USER;")));
    }

    [Fact]
    public async Task Writers_at_once_make_one_unbroken_chain_and_a_rolled_back_one_leaves_no_gap()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AppendAsync($"thing:{i}", commit: i % 5 != 0)));
        var verdict = await _audit.VerifyAsync();
        verdict.ShouldBe(verdict with { Intact = true, Entries = 16, BrokenAt = null });
    }

    [Theory]
    [InlineData("UPDATE audit.actor SET name = 'Bob' WHERE sequence = 2", 2)]
    [InlineData("UPDATE audit.change SET after = '{\"a\":1}' WHERE sequence = 2", 2)]
    [InlineData("UPDATE audit.entry SET actor_id = '2' WHERE sequence = 2", 2)]
    [InlineData("DELETE FROM audit.actor WHERE sequence = 3", 3)]
    [InlineData("DELETE FROM audit.change WHERE sequence = 1", 1)]
    [InlineData("UPDATE audit.actor SET salt = decode(repeat('00', 32), 'hex') WHERE sequence = 1", 1)]
    [InlineData("UPDATE audit.entry SET at = at + interval '1 microsecond' WHERE sequence = 3", 3)]
    [InlineData("DELETE FROM audit.actor WHERE sequence = 2; DELETE FROM audit.change WHERE sequence = 2; DELETE FROM audit.entry WHERE sequence = 2", 2)]
    [InlineData("DELETE FROM audit.actor WHERE sequence = 1; DELETE FROM audit.change WHERE sequence = 1; DELETE FROM audit.entry WHERE sequence = 1", 1)]
    [InlineData("DELETE FROM audit.actor WHERE sequence = 3; DELETE FROM audit.change WHERE sequence = 3; DELETE FROM audit.entry WHERE sequence = 3", 3)]
    public async Task Whoever_changes_the_table_is_found_out(string forgery, long brokenAt)
    {
        for (var i = 1; i <= 3; i++) await AppendAsync($"thing:{i}");
        await ForgeAsync(forgery);
        var verdict = await _audit.VerifyAsync();
        verdict.Intact.ShouldBeFalse();
        verdict.BrokenAt.ShouldBe(brokenAt);
    }

    [Theory]
    [InlineData("UPDATE audit.entry SET actor_id = '2'")]
    [InlineData("UPDATE audit.actor SET name = 'Bob'")]
    [InlineData("DELETE FROM audit.actor")]
    [InlineData("TRUNCATE audit.actor")]
    [InlineData("UPDATE audit.change SET after = NULL")]
    [InlineData("DELETE FROM audit.change")]
    [InlineData("DELETE FROM audit.entry")]
    [InlineData("TRUNCATE audit.entry CASCADE")]
    public async Task The_database_refuses_to_change_an_entry(string sql)
    {
        await AppendAsync("thing:1");
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        (await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync(sql))).MessageText.ShouldContain("append-only");
    }

    private Task AppendInFirstFormAsync(params string[] actors) => AppendInFirstFormAsync([.. actors.Select((actor, i) => (actor, $"thing:{i + 1}"))]);

    private async Task AppendInFirstFormAsync(params (string Actor, string Target)[] done)
    {
        await using (var connection = await _database.DataSource.OpenConnectionAsync())
        {
            var previous = AuditChain.Origin;
            for (var i = 1; i <= done.Length; i++)
            {
                var entry = new AuditEntry { Action = "test.old", Target = done[i - 1].Target, ActorId = done[i - 1].Actor, ActorName = "Ann", Organization = 1, Before = "{}", Address = "10.0.0.1" };
                var at = new DateTimeOffset(2026, 1, 1, 0, 0, i, TimeSpan.Zero);
                var hash = AuditChain.HashOfFirstForm(i, at, entry, previous);
                await connection.ExecuteAsync(
                    """
                    INSERT INTO audit.entry (sequence, at, action, target, actor_id, actor_name, organization, before, address, previous_hash, hash)
                    VALUES (@i, @at, @Action, @Target, @ActorId, @ActorName, 1, @Before, @Address, @previous, @hash);
                    UPDATE audit.head SET sequence = @i, hash = @hash;
                    """,
                    new { i, at, entry.Action, entry.Target, entry.ActorId, entry.ActorName, entry.Before, entry.Address, previous, hash });
                previous = hash;
            }
        }
    }

    [Fact]
    public async Task Entries_written_before_there_was_a_second_form_verify_with_the_new_ones_and_by_the_command()
    {
        await AppendInFirstFormAsync("1", "1");
        await AppendAsync("thing:3");
        var verdict = await _audit.VerifyAsync();
        verdict.ShouldBe(verdict with { Intact = true, Entries = 3, BrokenAt = null });
        (await AuditCommand.RunAsync(new Settings { Postgres = _database.ConnectionString }, new StringWriter())).ShouldBe(0);
        await ForgeAsync("UPDATE audit.entry SET actor_name = 'Bob' WHERE sequence = 1");
        (await _audit.VerifyAsync()).BrokenAt.ShouldBe(1);
    }

    [Fact]
    public async Task Entries_of_the_first_form_forget_a_person_too_and_whoever_changes_what_is_left_is_found_out()
    {
        var (ann, bob) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await AppendInFirstFormAsync((ann.ToString(), "thing:1"), (bob.ToString(), $"user:{ann}"), (bob.ToString(), "thing:2"));
        await using (var connection = await _database.DataSource.OpenConnectionAsync())
        {
            (await Should.ThrowAsync<PostgresException>(() => connection.ExecuteAsync("UPDATE audit.entry SET actor_name = NULL, actor_commitment = 'x' WHERE sequence = 1"))).MessageText.ShouldContain("append-only");
            await using var transaction = await connection.BeginTransactionAsync();
            await _audit.AppendAsync(connection, new AuditEntry { Action = AuditChain.Erasure, Target = $"user:{ann}", ActorId = "2", ActorName = "Eve", Organization = 1 });
            await new AuditPersonalData(_audit).EraseAsync(ann, transaction, CancellationToken.None);
            await transaction.CommitAsync();
            (await connection.QueryAsync<string?>("SELECT actor_name FROM audit.full_entry ORDER BY sequence")).ShouldBe([null, "Ann", "Ann", "Eve", "system", "system"]);
            (await connection.QuerySingleAsync<string>("SELECT before FROM audit.full_entry WHERE sequence = 1")).ShouldBe("{}", "it tells of a thing and not of her");
            (await connection.QuerySingleAsync<string?>("SELECT before FROM audit.full_entry WHERE sequence = 2")).ShouldBeNull("it tells of her, though another did it");
            (await connection.QuerySingleAsync<bool>("SELECT EXISTS (SELECT 1 FROM audit.full_entry WHERE sequence = 1 AND (address IS NOT NULL OR actor_salt IS NOT NULL))")).ShouldBeFalse();
        }
        (await _audit.VerifyAsync()).ShouldBe((await _audit.VerifyAsync()) with { Intact = true, Entries = 6, BrokenAt = null });
        await ForgeAsync("UPDATE audit.entry SET action = 'test.harmless' WHERE sequence = 1");
        (await _audit.VerifyAsync()).BrokenAt.ShouldBe(1);
    }

    [Fact]
    public async Task The_command_says_whether_the_chain_is_whole_and_exits_with_it()
    {
        for (var i = 0; i < 3; i++) await AppendAsync($"thing:{i}");
        var settings = new Settings { Postgres = _database.ConnectionString };
        var output = new StringWriter();
        (await AuditCommand.RunAsync(settings, output)).ShouldBe(0);
        output.ToString().ShouldContain("3 entries");
        await ForgeAsync("UPDATE audit.actor SET name = 'Eve' WHERE sequence = 2");
        output = new StringWriter();
        (await AuditCommand.RunAsync(settings, output)).ShouldBe(1);
        output.ToString().ShouldContain("broken at entry 2");
        (await AuditCommand.RunAsync(new Settings { Postgres = "Host=127.0.0.1;Port=1;Username=x;Timeout=2" }, output)).ShouldBe(2);
    }
}
