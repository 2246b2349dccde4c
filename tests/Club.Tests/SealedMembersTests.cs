using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Club.Members;
using Rialto.Fixtures;
using Rialto.Platform.Secrets;

namespace Rialto.Club.Tests;

/// <summary>Who the members are cannot be read out of the database, and works all the same.</summary>
public class SealedMembersTests(PostgresFixture postgres)
{
    [Fact]
    public async Task No_table_holds_a_members_name_or_address_though_he_books_is_told_and_is_found()
    {
        await using var world = await World.StartAsync(postgres);
        foreach (var name in new[] { "amara@example.test", "weiling@example.test", "noah@example.test" }) await world.MemberAsync(name);
        var member = await world.MemberAsync();
        var booked = await world.BookAsync(member, World.Rooftop, "card");
        world.Pay(booked.Id);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(10));
        await world.JudgeAsync(booked.Id, "confirmed");

        (await HoldingAsync(world, "Amara", "Okafor", "amara@", "Wei Ling", "weiling", "Noah", "Fischer")).ShouldBeEmpty();

        // Those who have to know are told.
        world.Effects("sevenrooms", "reservations").ShouldHaveSingleItem()!["lastName"]!.GetValue<string>().ShouldBe("Okafor");
        (await world.MailsAsync(booked.Id)).ShouldContain(mail => mail.Contains("amara@example.test", StringComparison.Ordinal) && mail.Contains("Dear Amara", StringComparison.Ordinal));
        (await World.GetAsync(member, "/api/club/me")).Text("name").ShouldBe("Amara Okafor");
        var staff = await world.StaffAsync();
        (await World.GetAsync(staff, $"/api/club/desk/bookings/{booked.Id}")).Text("member").ShouldBe("Amara Okafor");
        (await World.GetAsync(staff, "/api/club/desk/bookings?q=okaf")).Body.GetProperty("items").EnumerateArray().Single().GetProperty("member").GetString().ShouldBe("Amara Okafor");
        (await FoundAsync(staff, "okaf")).ShouldBe(["Amara Okafor"]);
        (await FoundAsync(staff, "AMA OKA")).ShouldBe(["Amara Okafor"]);
        (await FoundAsync(staff, "amara o")).ShouldBe(["Amara Okafor"]);
        (await FoundAsync(staff, "amara x")).ShouldBeEmpty();
        (await FoundAsync(staff, "Tan Wei")).ShouldBe(["Wei Ling Tan"]);
        (await FoundAsync(staff, "NOAH@example.test")).ShouldBe(["Noah Fischer"]);
        (await FoundAsync(staff, "noah@example")).ShouldBeEmpty("an address is looked for as a whole");
        (await FoundAsync(staff, "m1004")).ShouldBe(["Wei Ling Tan"]);
        (await FoundAsync(staff, "mara")).ShouldBeEmpty("only the beginning of a word is looked for");
        (await FoundAsync(staff, "")).ShouldBe(["Amara Okafor", "Noah Fischer", "Wei Ling Tan"]);
    }

    [Fact]
    public async Task What_an_older_version_stored_in_the_clear_is_sealed_when_a_node_starts()
    {
        await using var world = await World.StartAsync(postgres);
        await world.MemberAsync();
        await using (var connection = await world.Database.DataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                UPDATE club.member SET sealed = NULL, search = '{}', name = 'Amara Okafor', first_name = 'Amara', last_name = 'Okafor', email = 'amara@example.test';
                UPDATE identity.app_user SET name = 'Amara Okafor' WHERE email = 'c1001@memberson.invalid';
                INSERT INTO club.member (id, organization, customer_number, name, first_name, last_name, email, last_sign_in)
                SELECT gen_random_uuid(), 1, 'OLD' || n, 'Older ' || n, 'Older', n::text, 'older' || n || '@example.test', now() FROM generate_series(1, 1200) n;
                INSERT INTO club.member (id, organization, customer_number, name, first_name, last_name, email, last_sign_in) VALUES (gen_random_uuid(), 1, 'erased:1', '', '', '', '', now());
                """);
        }
        (await HoldingAsync(world, "Amara", "older7@")).ShouldBe(["club.member", "identity.app_user"]);
        await world.CrashAsync();
        (await HoldingAsync(world, "Amara", "Older", "older7@")).ShouldBeEmpty();
        var staff = await world.StaffAsync();
        (await FoundAsync(staff, "amara")).ShouldBe(["Amara Okafor"]);
        (await FoundAsync(staff, "older7@example.test")).ShouldBe(["Older 7"]);
        await using var after = await world.Database.DataSource.OpenConnectionAsync();
        (await after.QuerySingleAsync<long>("SELECT count(*) FROM club.member WHERE sealed IS NULL")).ShouldBe(1, "who was forgotten stays so");
        (await world.BookAsync(await world.MemberAsync(), World.Rooftop, "points")).Status.ShouldBe(201);
    }

    [Fact]
    public async Task After_a_rotation_of_keys_the_old_key_opens_nothing_and_everything_works()
    {
        await using var world = await World.StartAsync(postgres);
        await world.MemberAsync();
        await world.MemberAsync("noah@example.test");
        var ring = JsonNode.Parse(await File.ReadAllTextAsync(world.KeyFile))!;
        var fresh = new JsonObject { ["id"] = "k2", ["key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) };
        ring["keys"]!.AsArray().Insert(0, fresh);
        await File.WriteAllTextAsync(world.KeyFile, ring.ToJsonString());
        await world.CrashAsync();
        (await KeysAsync(world)).ShouldBe(["k1"]);
        var staff = await world.StaffAsync();
        (await FoundAsync(staff, "amara")).ShouldBe(["Amara Okafor"], "the old key still opens");
        (await World.PostAsync(staff, "/api/platform/secrets/rewrap")).Status.ShouldBe(200);
        (await KeysAsync(world)).ShouldBe(["k2"]);

        await File.WriteAllTextAsync(world.KeyFile, new JsonObject { ["keys"] = new JsonArray(fresh.DeepClone()) }.ToJsonString());
        await world.CrashAsync();
        staff = await world.StaffAsync();
        (await FoundAsync(staff, "amara")).ShouldBe(["Amara Okafor"]);
        (await FoundAsync(staff, "noah@example.test")).ShouldBe(["Noah Fischer"]);
        (await world.BookAsync(await world.MemberAsync(), World.Rooftop, "points")).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_sealed_name_opens_in_its_own_row_only()
    {
        await using var world = await World.StartAsync(postgres);
        await world.MemberAsync();
        var noah = await world.MemberAsync("noah@example.test");
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("UPDATE club.member SET sealed = (SELECT sealed FROM club.member WHERE member_no = 'M1001') WHERE member_no = 'M1005'");
        (await World.GetAsync(noah, "/api/club/me")).Status.ShouldBe(500);
    }

    [Fact]
    public async Task What_a_member_is_found_by_tells_nothing_without_the_key_of_the_search()
    {
        await using var world = await World.StartAsync(postgres);
        await world.MemberAsync();
        var staff = await world.StaffAsync();
        (await FoundAsync(staff, "okaf")).ShouldBe(["Amara Okafor"]);
        var before = await TermsAsync(world);
        await world.Services.GetRequiredService<SecretStore>().PutAsync(MemberNames.SearchKey, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), "test", CancellationToken.None);
        (await FoundAsync(staff, "okaf")).ShouldBeEmpty();
        await world.SignInAsync("amara@example.test");
        (await FoundAsync(staff, "okaf")).ShouldBe(["Amara Okafor"]);
        (await TermsAsync(world)).ShouldNotContain(term => before.Contains(term));
    }

    private static async Task<long[]> TermsAsync(World world)
    {
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<long[]>("SELECT search FROM club.member");
    }

    private static async Task<string[]> FoundAsync(HttpClient staff, string q) =>
        [.. (await World.GetAsync(staff, "/api/club/desk/members?q=" + Uri.EscapeDataString(q))).Body.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    /// <summary>Ids of the keys under which members are sealed.</summary>
    private static async Task<string[]> KeysAsync(World world)
    {
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        return [.. (await connection.QueryAsync<byte[]>("SELECT sealed FROM club.member WHERE sealed IS NOT NULL")).Select(bytes => Envelope.KeyId(bytes)).Distinct()];
    }

    /// <summary>Tables with one of these texts anywhere, as in a dump of the database; bytes are looked through as well.</summary>
    private static async Task<List<string>> HoldingAsync(World world, params string[] texts)
    {
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        var found = new List<string>();
        foreach (var table in await connection.QueryAsync<string>("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"))
        {
            var patterns = texts.Select(text => text.ToLowerInvariant()).SelectMany(text => new[] { text, Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(text)) }).ToArray();
            if (await connection.QuerySingleAsync<bool>($"SELECT EXISTS (SELECT 1 FROM {table} AS row, unnest(@patterns) AS pattern WHERE strpos(lower(row::text), pattern) > 0)", new { patterns }))
                found.Add(table);
        }
        return found;
    }
}
