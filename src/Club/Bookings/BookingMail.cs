using Dapper;
using Npgsql;
using Rialto.Club.Members;
using Rialto.Platform.Mail;

namespace Rialto.Club.Bookings;

/// <summary>The mail beside a message in the app, found by the message's key. The text is the message's own.</summary>
internal sealed class BookingMail(NpgsqlDataSource postgres, MemberNames names) : IMailTemplate
{
    public const string Name = "club.booking";

    private sealed class Row
    {
        public required string Template { get; init; }
        public required string Text { get; init; }
        public required string Title { get; init; }
        public required Guid Member { get; init; }
        public required byte[] Sealed { get; init; }
    }

    public async Task<MailMessage?> WriteAsync(string id, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            SELECT m.template, m.text, b.title, p.id AS member, p.sealed
              FROM club.message m JOIN club.booking b ON b.id = m.booking JOIN club.member p ON p.id = m.member
             WHERE m.dedupe_key = @id AND p.sealed IS NOT NULL
            """,
            new { id }, cancellationToken: stop));
        if (row is null) return null;
        var person = names.Open(row.Member, row.Sealed);
        return person.Email.Length == 0 ? null : new MailMessage($"club:{id}", person.Email, Subject(row.Template, row.Title), $"Dear {person.FirstName},\n\n{row.Text}\n\nYour club");
    }

    private static string Subject(string template, string title) => template switch
    {
        "confirmed" => $"Confirmed: {title}",
        "declined" or "expired" => $"We are sorry: {title}",
        "cancelled" => $"Cancelled: {title}",
        "requested" or "renewed" => $"We are on it: {title}",
        _ => title,
    };
}
