using Dapper;
using Rialto.Fixtures;
using Rialto.Logs.Applications;

namespace Rialto.Logs.Tests.Applications;

public sealed class RecordsPersonalDataTests(PostgresFixture server) : IClassFixture<PostgresFixture>
{
    [Fact]
    public async Task That_records_stay_is_told_with_the_longest_time_agreed_with_an_application_of_the_persons_organization()
    {
        await using var database = await server.CreateDatabaseAsync(new LogsModule());
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var (vic, eve) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await connection.ExecuteAsync(
            """
            WITH one AS (INSERT INTO identity.organization (id, name) VALUES (gen_random_uuid(), 'one') RETURNING id),
                 two AS (INSERT INTO identity.organization (id, name) VALUES (gen_random_uuid(), 'two') RETURNING id),
                 applications AS (INSERT INTO identity.application (id, organization_id, name, retention_days)
                                  SELECT gen_random_uuid(), id, 'shop', 60 FROM one UNION ALL SELECT gen_random_uuid(), id, 'till', NULL FROM one UNION ALL SELECT gen_random_uuid(), id, 'short', 3 FROM two)
            INSERT INTO identity.app_user (id, organization_id, email, name, roles) SELECT @vic, id, 'vic@one.example', 'Vic', '{}'::text[] FROM one UNION ALL SELECT @eve, id, 'eve@two.example', 'Eve', '{}' FROM two
            """,
            new { vic, eve });
        var clock = new StillClock();
        var part = new RecordsPersonalData(clock);
        // 60 days are kept in the class of 90.
        (await part.StaysAsync(vic, transaction, default)).Single().Until.ShouldBe(clock.GetUtcNow().AddDays(90));
        // Of her own organization only.
        (await part.StaysAsync(eve, transaction, default)).Single().Until.ShouldBe(clock.GetUtcNow().AddDays(7));
        (await part.CollectAsync(vic, transaction, default)).ShouldBeNull();
    }
}
