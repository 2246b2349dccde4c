using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using Rialto.Platform.Mail;

namespace Rialto.Platform.Identity.Accounts;

/// <summary>
/// The mail of an invitation, wanted until the invitation ends. Each try carries a token of its own, so a mail that was sent twice, because we died in between,
/// holds two links that both work.
/// </summary>
internal sealed class InvitationMail(NpgsqlDataSource postgres, TimeProvider clock) : IMailTemplate
{
    public const string Name = "identity.invitation";

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

    public async Task<MailMessage?> WriteAsync(string id, CancellationToken stop)
    {
        var invitation = Guid.Parse(id);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            SELECT i.purpose, u.email, u.name, o.name AS organization_name, i.created_by, i.base_address, i.language, i.expires_at
              FROM identity.invitation i
              JOIN identity.app_user u ON u.id = i.user_id
              JOIN identity.organization o ON o.id = i.organization_id
             WHERE i.id = @invitation AND i.accepted_at IS NULL AND i.expires_at > @now AND u.disabled_at IS NULL AND u.erased_at IS NULL
            """,
            new { invitation, now = clock.GetUtcNow() });
        if (row is null) return null;
        var token = await Invitations.MintAsync(connection, invitation);
        var (subject, text) = TextOf(row, Invitations.LinkOf(row.BaseAddress, token));
        // Another token is another mail: a provider must not take it for the one it has.
        return new MailMessage($"invitation:{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)))}", row.Email, subject, text);
    }

    public async Task SettleAsync(string id, bool isSent, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync("UPDATE identity.invitation SET mail = @state WHERE id = @invitation", new { invitation = Guid.Parse(id), state = isSent ? "sent" : "failed" });
    }

    private static (string Subject, string Text) TextOf(Row row, string link) => (row.Purpose, row.Language) switch
    {
        (Invitation.ForgottenPassword, "it") => ("Rialto: scegli una nuova password",
            $"Ciao {row.Name},\n\ncon questo link scegli una nuova password per il tuo accesso a Rialto ({row.OrganizationName}):\n\n{link}\n\nIl link vale fino al {row.ExpiresAt:yyyy-MM-dd HH:mm} UTC e funziona una volta sola. Se non l'hai chiesto, non devi fare nulla.\n"),
        (Invitation.ForgottenPassword, _) => ("Rialto: choose a new password",
            $"Hello {row.Name},\n\nwith this link you choose a new password for your Rialto account ({row.OrganizationName}):\n\n{link}\n\nThe link is good until {row.ExpiresAt:yyyy-MM-dd HH:mm} UTC and works once. If you did not ask for it, there is nothing to do.\n"),
        (_, "it") => ($"Invito a Rialto, {OneLine(row.OrganizationName)}",
            $"Ciao {row.Name},\n\n{row.CreatedBy} ti invita a usare Rialto per {row.OrganizationName}. Scegli qui la tua password:\n\n{link}\n\nIl link vale fino al {row.ExpiresAt:yyyy-MM-dd HH:mm} UTC e funziona una volta sola.\n"),
        _ => ($"Invitation to Rialto, {OneLine(row.OrganizationName)}",
            $"Hello {row.Name},\n\n{row.CreatedBy} invites you to use Rialto for {row.OrganizationName}. Choose your password here:\n\n{link}\n\nThe link is good until {row.ExpiresAt:yyyy-MM-dd HH:mm} UTC and works once.\n"),
    };

    /// <summary>A line break in a subject would be another header.</summary>
    private static string OneLine(string text) => string.Concat(text.Where(c => !char.IsControl(c)));
}
