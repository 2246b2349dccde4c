using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Club.Vendors;
using Rialto.Fixtures;
using Rialto.Platform.Configuration;
using Rialto.Platform.Secrets;
using Rialto.Simulators.Machinery;
using Rialto.Simulators.SevenRooms;

namespace Rialto.Club.Tests;

/// <summary>Vendors, rules and secrets change while the program runs; a new vendor is a manifest.</summary>
public class ConfigurationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_revision_takes_effect_at_once_and_a_rollback_undoes_it()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0);
        var member = await world.MemberAsync();
        await world.ConfigureAsync("connectors/sevenrooms", settings => settings["baseUrl"] = "simulator:nowhere");
        var waits = await world.BookAsync(member, World.Rooftop, "points");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(2));
        (await world.StateAsync(waits.Id)).ShouldBe("held");
        (await world.Services.GetRequiredService<Revisions>().RollBackAsync("connectors/sevenrooms", "test", CancellationToken.None)).ShouldNotBeNull();
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(10));
        await world.JudgeAsync(waits.Id, "confirmed");

        await world.ConfigureAsync("club/rules", rules => rules["cancelHours"] = 720);
        (await World.PostAsync(member, $"/api/club/bookings/{waits.Id}/cancel")).Code.ShouldBe("too-late-to-cancel");
        var bad = await world.Services.GetRequiredService<Revisions>().DraftAsync("club/rules", """{"promiseMinutes":1}""", null, "test", CancellationToken.None);
        (bad.State, bad.Problems.Length).ShouldBe(("draft", 1));
        (await world.Services.GetRequiredService<Revisions>().ActivateAsync("club/rules", bad.Id, "test", CancellationToken.None)).ShouldBeNull();
        // A booking keeps under which rules it was made.
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        (await connection.QuerySingleAsync<long>("SELECT config_revision FROM club.booking")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_wrong_secret_holds_bookings_back_and_the_right_one_lets_them_go_on()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0);
        var member = await world.MemberAsync();
        var secrets = world.Services.GetRequiredService<SecretStore>();
        await secrets.PutAsync("sevenrooms/client-secret", "rotated-too-early", "test", CancellationToken.None);
        world.Vendor<SevenRoomsVendor>().ForgetTokens();
        var waits = await world.BookAsync(member, World.Rooftop, "points");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(2));
        (await world.StateAsync(waits.Id)).ShouldBe("held");
        await secrets.PutAsync("sevenrooms/client-secret", world.Outside.Credentials["sevenrooms/client-secret"], "test", CancellationToken.None);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(10));
        await world.JudgeAsync(waits.Id, "confirmed");
    }

    [Fact]
    public async Task No_password_and_no_vendors_secret_or_token_is_stored_or_queued()
    {
        await using var world = await World.StartAsync(postgres, timeoutMs: 2_000);
        var member = await world.MemberAsync();
        await world.BookAsync(member, World.Rooftop, "points");
        await world.BreakAsync("memberson", new Fault("signin", FaultKind.TimeoutBeforeEffect));
        await World.PostAsync(world.App.Client(), "/api/club/sign-in", new { name = "jun@example.test", password = "orchid-lantern-7" });
        await world.HealAsync();
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        var tables = (await connection.QueryAsync<string>("SELECT schemaname || '.' || tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'virtual_time')")).ToList();
        tables.Count.ShouldBeGreaterThan(20);
        string[] never = ["orchid-lantern-7", .. world.Outside.Credentials.Where(secret => !secret.Key.EndsWith("user", StringComparison.Ordinal) && !secret.Key.EndsWith("client-id", StringComparison.Ordinal)).Select(secret => secret.Value)];
        foreach (var table in tables)
        {
            (await connection.QuerySingleAsync<long>($"SELECT count(*) FROM {table} t WHERE t::text LIKE ANY(@patterns)", new { patterns = never.Select(text => $"%{text}%").ToArray() })).ShouldBe(0, table);
            // SevenRooms' tokens are 128 hex digits; hashes and sealed secrets are shorter or bytes of other tables.
            if (!table.StartsWith("secrets.", StringComparison.Ordinal)) (await connection.QuerySingleAsync<long>($"SELECT count(*) FROM {table} t WHERE t::text ~ '\\m[0-9a-f]{{128}}\\M'")).ShouldBe(0, table);
        }
    }

    [Fact]
    public void Every_booking_vendor_is_a_manifest_that_can_be_used_in_a_saga()
    {
        var manifests = ClubModule.Manifests().ToList();
        manifests.Select(manifest => manifest.Name).ShouldBe(["quaybook", "sevenrooms"]);
        foreach (var manifest in manifests) SeatVendors.Problems(manifest).ShouldBeEmpty();
    }
}
