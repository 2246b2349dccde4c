using Dapper;
using Npgsql;
using Rialto.Platform.Jobs;
using Rialto.Platform.Mail;

namespace Rialto.Platform.Identity.Accounts;

/// <summary>
/// Mails an invitation. A server that is away is asked again until the invitation ends, so nothing is lost; each try carries a token of its own, so a mail
/// that was sent twice, because we died in between, holds two links that both work.
/// </summary>
internal sealed class InvitationMail(NpgsqlDataSource postgres, Postman postman, TimeProvider clock) : IJob<InvitationMail.Arguments>
{
    public const string Name = "identity.invitation-mail";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    internal sealed record Arguments(Guid Invitation);

    private sealed class Row
    {
        public required string Purpose { get; init; }
        public required string Email { get; init; }
        public required string Name { get; init; }
        public required string OrganizationName { get; init; }
        public required string CreatedBy { get; init; }
        public required string BaseAddress { get; init; }
        public required string Language { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
    }

    public async Task<JobOutcome> RunAsync(Arguments arguments, JobRun run, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT i.purpose, u.email, u.name, o.name AS organization_name, i.created_by, i.base_address, i.language, i.expires_at
              FROM identity.invitation i
              JOIN identity.app_user u ON u.id = i.user_id
              JOIN identity.organization o ON o.id = i.organization_id
             WHERE i.id = @Invitation AND i.accepted_at IS NULL AND i.expires_at > @now AND u.disabled_at IS NULL AND u.erased_at IS NULL
            """,
            new { arguments.Invitation, now = clock.GetUtcNow() });
        if (row is null) return JobOutcome.Done(new { skipped = "The invitation is over." });
        var token = await Invitations.MintAsync(connection, arguments.Invitation);
        var outcome = await postman.SendAsync(LetterOf(row, Invitations.LinkOf(row.BaseAddress, token)), stop);
        if (outcome == MailOutcome.Later) return JobOutcome.Later(Pause, "The mail server did not take the mail.");
        await connection.ExecuteAsync(
            "UPDATE identity.invitation SET mail = @state WHERE id = @Invitation", new { arguments.Invitation, state = outcome == MailOutcome.Sent ? "sent" : "failed" });
        return JobOutcome.Done(new { outcome = outcome.ToString() });
    }

    private static Letter LetterOf(Row row, string link) => (row.Purpose, row.Language) switch
    {
        (Invitation.ForgottenPassword, "it") => new(row.Email, "Rialto: scegli una nuova password",
            $"Ciao {row.Name},\n\ncon questo link scegli una nuova password per il tuo accesso a Rialto ({row.OrganizationName}):\n\n{link}\n\nIl link vale fino al {row.ExpiresAt:yyyy-MM-dd HH:mm} UTC e funziona una volta sola. Se non l'hai chiesto, non devi fare nulla.\n"),
        (Invitation.ForgottenPassword, _) => new(row.Email, "Rialto: choose a new password",
            $"Hello {row.Name},\n\nwith this link you choose a new password for your Rialto account ({row.OrganizationName}):\n\n{link}\n\nThe link is good until {row.ExpiresAt:yyyy-MM-dd HH:mm} UTC and works once. If you did not ask for it, there is nothing to do.\n"),
        (_, "it") => new(row.Email, $"Invito a Rialto, {OneLine(row.OrganizationName)}",
            $"Ciao {row.Name},\n\n{row.CreatedBy} ti invita a usare Rialto per {row.OrganizationName}. Scegli qui la tua password:\n\n{link}\n\nIl link vale fino al {row.ExpiresAt:yyyy-MM-dd HH:mm} UTC e funziona una volta sola.\n"),
        _ => new(row.Email, $"Invitation to Rialto, {OneLine(row.OrganizationName)}",
            $"Hello {row.Name},\n\n{row.CreatedBy} invites you to use Rialto for {row.OrganizationName}. Choose your password here:\n\n{link}\n\nThe link is good until {row.ExpiresAt:yyyy-MM-dd HH:mm} UTC and works once.\n"),
    };

    /// <summary>A line break in a subject would be another header.</summary>
    private static string OneLine(string text) => string.Concat(text.Where(c => !char.IsControl(c)));
}
