namespace Rialto.Simulators.Tests;

public sealed class MailTests : Rig
{
    [Fact]
    public async Task A_mail_sent_twice_under_one_key_is_one_mail()
    {
        (await Mail("m-1")).Text.ShouldBe((await Mail("m-1")).Text);
        (await Mail("m-1", "Other")).Status.ShouldBe(409);
        (await Count("mail", "mails")).ShouldBe(1);
    }

    [Fact]
    public async Task The_inbox_page_shows_mails_as_text()
    {
        await Mail("m-2", "<script>alert(1)</script>");
        var page = (await Send(HttpMethod.Get, $"{Url("mail")}/")).Text;
        page.ShouldContain("&lt;script&gt;");
        page.ShouldNotContain("<script>");
    }

    [Fact]
    public async Task A_mail_without_recipient_or_key_is_refused()
    {
        (await Send(HttpMethod.Post, $"{Url("mail")}/emails", Text("""{"from":"a","subject":"b","text":"c"}"""), ("Authorization", "Bearer " + Simulators.Mail.MailVendor.ApiKey))).Status.ShouldBe(422);
        (await Send(HttpMethod.Post, $"{Url("mail")}/emails", Text("{}"))).Status.ShouldBe(401);
    }
}
