using Rialto.Fixtures;
using Rialto.Platform.Configuration;
using Rialto.Platform.Connectors;
using Rialto.Platform.Tests.Connectors;

namespace Rialto.Platform.Tests.Configuration;

public class ConfigurationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_draft_with_mistakes_says_them_and_cannot_be_put_into_force()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        var draft = await rig.Revisions.DraftAsync("connectors/seats", """{"baseUrl":"ftp://x","timeoutMs":1,"secrets":{"key":"sk_live_oops"}}""", null, "test", CancellationToken.None);
        draft.State.ShouldBe("draft");
        draft.Problems.Length.ShouldBe(3);
        (await rig.Revisions.ActivateAsync("connectors/seats", draft.Id, "test", CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_misspelt_member_is_a_mistake()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        var draft = await rig.Revisions.DraftAsync("connectors/seats", """{"baseUrl":"https://x.example","timeoutsMs":100}""", null, "test", CancellationToken.None);
        draft.Problems.ShouldHaveSingleItem().ShouldContain("timeoutsMs");
    }

    [Fact]
    public async Task Exactly_one_revision_is_active_when_many_are_put_into_force_at_once()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        var drafts = new List<long>();
        for (var number = 0; number < 5; number++)
            drafts.Add((await rig.Revisions.DraftAsync("connectors/seats", $$"""{"baseUrl":"https://v{{number}}.example"}""", null, "test", CancellationToken.None)).Id);
        await Task.WhenAll(drafts.Select(id => rig.Revisions.ActivateAsync("connectors/seats", id, "test", CancellationToken.None)));
        var active = (await rig.Revisions.HistoryAsync("connectors/seats", CancellationToken.None)).Where(revision => revision.State == "active").ShouldHaveSingleItem();
        rig.Seats.Revision.ShouldBe(active.Id);
    }

    [Fact]
    public async Task A_change_made_elsewhere_is_heard()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        await using var connection = await rig.Postgres.OpenConnectionAsync();
        await Dapper.SqlMapper.ExecuteAsync(connection,
            """
            UPDATE configuration.revision SET state = 'retired' WHERE name = 'connectors/seats';
            INSERT INTO configuration.revision (name, state, body, author, created_at, activated_at)
            VALUES ('connectors/seats', 'active', '{"baseUrl":"https://elsewhere.example"}', 'other node', now(), now());
            """);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (rig.Seats.Settings.BaseUrl != "https://elsewhere.example") await Task.Delay(20, deadline.Token);
    }

    [Fact]
    public async Task Who_begins_to_follow_a_document_misses_no_change_that_comes_meanwhile()
    {
        var document = new Configured<ConnectorSettings>("connectors/seats", new ConnectorSettings { BaseUrl = "https://one.example" }, _ => []);
        var seen = new List<string>();
        var changing = Task.CompletedTask;
        document.Follow((settings, _) =>
        {
            seen.Add(settings.BaseUrl);
            if (seen.Count > 1) return;
            changing = Task.Run(() => ((IConfigurationDocument)document).Use("""{"baseUrl":"https://two.example"}""", 2));
            // It must wait for us; if it did not, it would be over by now, and nobody told.
            changing.Wait(TimeSpan.FromMilliseconds(200));
        });
        await changing;
        seen.ShouldBe(["https://one.example", "https://two.example"]);
        document.Revision.ShouldBe(2);
    }

    [Fact]
    public async Task An_unreadable_active_revision_leaves_the_one_before_in_force()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        var before = rig.Seats.Settings;
        await using var connection = await rig.Postgres.OpenConnectionAsync();
        await Dapper.SqlMapper.ExecuteAsync(connection, """UPDATE configuration.revision SET id = DEFAULT, body = '{"baseUrl":"nonsense"}' WHERE name = 'connectors/seats'""");
        await rig.Configuration.ReadAsync(CancellationToken.None);
        rig.Seats.Settings.ShouldBe(before);
        new ConnectorSettings { BaseUrl = "http://vendor.example" }.Problems().ShouldHaveSingleItem().ShouldContain("https");
    }
}
