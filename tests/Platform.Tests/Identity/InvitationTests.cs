using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Fixtures;
using Rialto.Platform.Identity;
using Rialto.Platform.Identity.Accounts;

namespace Rialto.Platform.Tests.Identity;

/// <summary>How people come in: by mail, by a link, and the first one.</summary>
public sealed class InvitationTests(PostgresFixture server)
{
    private const string Password = "an umbrella for the fish";

    private static string TokenOf(string link) => link.Split("#token=")[1];

    [Fact]
    public async Task Without_a_mail_server_the_link_is_shown_once_and_opens_the_account_once()
    {
        await using var host = await IdentityHost.StartAsync(server);
        using var ada = await host.SignedInAsync();
        var invited = await ada.PostAsJsonAsync("/api/admin/invitations", new { email = "bob@one.example", roles = new[] { "clerk" } }).ShouldBeAsync(HttpStatusCode.Created);
        invited.Text("state").ShouldBe("pending");
        var token = TokenOf(invited.Text("link"));
        (await ada.GetStringAsync("/api/admin/invitations")).ShouldNotContain(token);
        (await ada.GetAsync("/api/admin/users?state=invited").ShouldBeAsync(HttpStatusCode.OK)).Items().Single().Text("email").ShouldBe("bob@one.example");
        await ada.PostAsJsonAsync("/api/admin/invitations", new { email = "BOB@one.example", roles = new[] { "clerk" } }).ShouldRefuseAsync(HttpStatusCode.Conflict, "email-taken");

        using var bob = host.Browser();
        var read = await bob.PostAsJsonAsync("/api/identity/invitations/read", new { token }).ShouldBeAsync(HttpStatusCode.OK);
        (read.Text("email"), read.Text("organization"), read.Text("purpose")).ShouldBe(("bob@one.example", "one", "join"));
        await bob.PostAsJsonAsync("/api/identity/invitations/accept", new { token, name = "Bob", password = "bob@one.example" }).ShouldRefuseAsync(HttpStatusCode.BadRequest, "password-personal");
        (await bob.PostAsJsonAsync("/api/identity/invitations/accept", new { token, name = "Bob B", password = Password }).ShouldBeAsync(HttpStatusCode.OK)).GetProperty("user").Text("name").ShouldBe("Bob B");
        await bob.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.OK);
        await bob.PostAsJsonAsync("/api/identity/invitations/accept", new { token, name = "Eve", password = Password }).ShouldRefuseAsync(HttpStatusCode.NotFound, "invitation-over");
        (await host.AuditAsync()).Select(entry => entry.Action).Take(2).ShouldBe(["identity.invitation.accept", "identity.invitation.create"]);
    }

    [Fact]
    public async Task An_invitation_ends_after_a_week_or_when_it_is_withdrawn_and_can_be_sent_again()
    {
        await using var host = await IdentityHost.StartAsync(server);
        var invited = await InviteAsync(host);
        host.Clock.Ahead += TimeSpan.FromDays(7.1);
        using var bob = host.Browser();
        await bob.PostAsJsonAsync("/api/identity/invitations/read", new { token = TokenOf(invited.Text("link")) }).ShouldRefuseAsync(HttpStatusCode.NotFound, "invitation-over");
        using var again = await host.SignedInAsync();
        (await again.GetAsync("/api/admin/invitations").ShouldBeAsync(HttpStatusCode.OK)).Items().Single().Text("state").ShouldBe("expired");
        var resent = await again.PostAsync($"/api/admin/invitations/{invited.Text("id")}/resend", null).ShouldBeAsync(HttpStatusCode.OK);
        await bob.PostAsJsonAsync("/api/identity/invitations/read", new { token = TokenOf(resent.Text("link")) }).ShouldBeAsync(HttpStatusCode.OK);
        await again.DeleteAsync($"/api/admin/invitations/{invited.Text("id")}").ShouldBeAsync(HttpStatusCode.NoContent);
        await bob.PostAsJsonAsync("/api/identity/invitations/read", new { token = TokenOf(resent.Text("link")) }).ShouldRefuseAsync(HttpStatusCode.NotFound, "invitation-over");
        (await again.GetAsync("/api/admin/users?state=invited").ShouldBeAsync(HttpStatusCode.OK)).Items().ShouldBeEmpty();
    }

    private static async Task<JsonElement> InviteAsync(IdentityHost host, string language = "en")
    {
        using var ada = await host.SignedInAsync();
        ada.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
        return await ada.PostAsJsonAsync("/api/admin/invitations", new { email = "bob@one.example", roles = new[] { "clerk" } }).ShouldBeAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task With_a_mail_server_the_link_goes_by_mail_only()
    {
        await using var mail = new MailServer();
        await using var host = await IdentityHost.StartAsync(server, new Settings { Smtp = mail.Address, MailFrom = "rialto@one.example", PublicUrl = new Uri("https://rialto.example/") });
        var invited = await InviteAsync(host);
        invited.GetProperty("link").ValueKind.ShouldBe(JsonValueKind.Null);
        await Eventually.TrueAsync(() => mail.Mails.Count == 1, "the mail arrives");
        mail.Mails[0].ShouldContain("bob@one.example");
        MailServer.BodyOf(mail.Mails[0]).ShouldContain("https://rialto.example/welcome#token=");
        using var bob = host.Browser();
        await bob.PostAsJsonAsync("/api/identity/invitations/accept", new { token = MailServer.TokenIn(mail.Mails[0]), name = "Bob", password = Password }).ShouldBeAsync(HttpStatusCode.OK);
        await using var connection = await host.Postgres.OpenConnectionAsync();
        // Only what is sent again and again would need more, and nothing is.
        var queued = await connection.QuerySingleAsync<string>("SELECT arguments::text FROM platform.job");
        foreach (var part in new[] { MailServer.TokenIn(mail.Mails[0]), "bob@", "Bob", "rialto.example" }) queued.ShouldNotContain(part);
    }

    [Fact]
    public async Task A_mail_server_that_is_down_loses_nothing()
    {
        await using var mail = new MailServer { Away = true };
        await using var host = await IdentityHost.StartAsync(server, new Settings { Smtp = mail.Address, MailFrom = "rialto@one.example" });
        await InviteAsync(host, "it");
        await Eventually.TrueAsync(() => mail.TurnedAway > 0, "the first try fails");
        mail.Away = false;
        // The next try is due a minute later.
        await Eventually.TrueAsync(async () =>
        {
            await using var connection = await host.Postgres.OpenConnectionAsync();
            await connection.ExecuteAsync("UPDATE platform.job SET due_at = created_at WHERE state = 'waiting'");
            return mail.Mails.Count > 0;
        }, "the mail arrives in the end");
        MailServer.BodyOf(mail.Mails[0]).ShouldContain("Scegli qui la tua password");
    }

    [Fact]
    public async Task An_address_that_the_mail_server_refuses_is_shown_as_failed()
    {
        await using var mail = new MailServer { RefusesRecipients = true };
        await using var host = await IdentityHost.StartAsync(server, new Settings { Smtp = mail.Address, MailFrom = "rialto@one.example" });
        await InviteAsync(host);
        using var ada = await host.SignedInAsync();
        await Eventually.TrueAsync(async () => (await ada.GetFromJsonAsync<JsonElement>("/api/admin/invitations")).Items().Single().Text("mail") == "failed", "the refusal is seen");
    }

    [Fact]
    public async Task The_first_administrator_comes_by_the_link_of_the_start_and_nobody_after_him()
    {
        await using var host = await IdentityHost.StartAsync(server, withAda: false);
        var first = host.Services.GetRequiredService<FirstAdministrator>();
        var token = (await first.OfferAsync(CancellationToken.None)).ShouldNotBeNull();
        var other = (await first.OfferAsync(CancellationToken.None)).ShouldNotBeNull();
        using var browser = host.Browser();
        (await browser.PostAsJsonAsync("/api/identity/invitations/read", new { token }).ShouldBeAsync(HttpStatusCode.OK)).Text("purpose").ShouldBe("first");
        await browser.PostAsJsonAsync("/api/identity/invitations/accept", new { token, name = "Ann", password = Password }).ShouldRefuseAsync(HttpStatusCode.BadRequest, "email-wrong");
        var answers = await Task.WhenAll(new[] { token, other }.Select((one, i) =>
            browser.PostAsJsonAsync("/api/identity/invitations/accept", new { token = one, name = "Ann", password = Password, email = $"ann{i}@shop.example", organization = "Shop" })));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        var me = await browser.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.OK);
        me.GetProperty("organization").Text("name").ShouldBe("Shop");
        me.GetProperty("permissions").GetArrayLength().ShouldBe(Permission.All.Count);
        (await first.OfferAsync(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_a_link_that_does_not_replace_the_second_factor()
    {
        await using var host = await IdentityHost.StartAsync(server);
        var bob = await host.PersonAsync("one", "bob@one.example", "Bob", "clerk");
        using var ada = await host.SignedInAsync();
        using var old = await host.SignedInAsync("bob@one.example");
        var link = (await ada.PostAsync($"/api/admin/users/{bob}/reset-password", null).ShouldBeAsync(HttpStatusCode.OK)).Text("link");
        await using (var connection = await host.Postgres.OpenConnectionAsync())
            await connection.ExecuteAsync("INSERT INTO identity.totp (user_id, sealed, confirmed_at) VALUES (@bob, 'x', now())", new { bob });
        using var browser = host.Browser();
        var answer = await browser.PostAsJsonAsync("/api/identity/invitations/accept", new { token = TokenOf(link), password = Password }).ShouldBeAsync(HttpStatusCode.OK);
        answer.GetProperty("secondFactor").Text("challenge").ShouldNotBeEmpty();
        await browser.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
        await old.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
    }
}
