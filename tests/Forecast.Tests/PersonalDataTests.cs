using System.Text.Json;
using Dapper;

namespace Rialto.Forecast.Tests;

public sealed class PersonalDataTests(ForecastHost host) : IClassFixture<ForecastHost>, IDisposable
{
    private readonly ForecastApp _app = host.NewOrganization();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task What_a_person_did_is_told_to_him_by_his_id_and_his_name_is_stored_nowhere()
    {
        await _app.LoadAsync("time,station,measure,value,unit\n2020-01-01T00:00:00Z,A,PM2.5,10,ug/m3\n", preset: "long");
        await using var connection = await _app.Postgres.OpenConnectionAsync();
        var actor = await connection.QuerySingleAsync<string>("SELECT actor FROM forecast.load WHERE organization = @Organization", new { _app.Organization });
        actor.ShouldStartWith("user:");
        (await connection.QuerySingleAsync<string>("SELECT actor FROM platform.job WHERE organization = @Organization", new { _app.Organization })).ShouldBe(actor);
        foreach (var table in await connection.QueryAsync<string>("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"))
            (await connection.QuerySingleAsync<bool>($"SELECT EXISTS (SELECT 1 FROM {table} AS row WHERE strpos(row::text, 'tester') > 0)")).ShouldBeFalse(table);

        await using var transaction = await connection.BeginTransactionAsync();
        var (part, person) = (new ForecastPersonalData(), Guid.Parse(actor["user:".Length..]));
        JsonSerializer.SerializeToElement(await part.CollectAsync(person, transaction, default)).GetProperty("done").EnumerateArray().Single().GetProperty("What").GetString().ShouldBe("load");
        (await part.StaysAsync(person, transaction, default)).Single().Code.ShouldBe("forecast-work");
        (await part.CollectAsync(Guid.CreateVersion7(), transaction, default)).ShouldBeNull("somebody else did nothing");
        (await part.StaysAsync(Guid.CreateVersion7(), transaction, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_that_an_older_version_wrote_down_become_ids_and_those_that_several_have_nobodys()
    {
        await using var connection = await _app.Postgres.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var (organization, vic) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var number = await connection.QuerySingleAsync<int>("INSERT INTO identity.organization (id, name) VALUES (@organization, 'one') RETURNING number", new { organization });
        await connection.ExecuteAsync(
            """
            INSERT INTO identity.app_user (id, organization_id, email, name, roles) VALUES (@vic, @organization, 'vic@one.example', 'Vic', '{}'), (gen_random_uuid(), @organization, 'a@one.example', 'Ann', '{}'),
                                                                                           (gen_random_uuid(), @organization, 'b@one.example', 'Ann', '{}');
            INSERT INTO forecast.load (id, organization, actor, name, mapping, created_at)
            SELECT gen_random_uuid(), @number, actor, actor, '{}', now() FROM unnest(ARRAY['Vic', 'Ann', 'Nobody Known', 'demo', 'schedule:air', 'key:shop']) AS actor;
            """,
            new { organization, vic, number });
        await using var sql = typeof(ForecastModule).Assembly.GetManifestResourceStream(typeof(ForecastModule).Assembly.GetManifestResourceNames().Single(name => name.EndsWith("005_actors_by_id.sql", StringComparison.Ordinal)))!;
        await connection.ExecuteAsync(await new StreamReader(sql).ReadToEndAsync());
        var actors = (await connection.QueryAsync<(string Name, string Actor)>("SELECT name, actor FROM forecast.load WHERE organization = @number", new { number })).ToDictionary(row => row.Name, row => row.Actor);
        actors.ShouldBe(new Dictionary<string, string>
        {
            ["Vic"] = $"user:{vic}", ["Ann"] = "", ["Nobody Known"] = "", ["demo"] = "demo", ["schedule:air"] = "schedule:air", ["key:shop"] = "key:shop",
        }, ignoreOrder: true);
        (await connection.QuerySingleAsync<string>("SELECT identity.actor_name(@actor)", new { actor = actors["Vic"] })).ShouldBe("Vic");
        (await connection.QuerySingleAsync<string>("SELECT identity.actor_name(@actor)", new { actor = $"user:{Guid.CreateVersion7()}" })).ShouldBe("");
        (await connection.QuerySingleAsync<string>("SELECT identity.actor_name('schedule:air')")).ShouldBe("schedule:air");
    }
}
