using Dapper;
using Npgsql;
using Rialto.Platform.Mail;

namespace Rialto.Club.Bookings;

/// <summary>The mail beside a message in the app, found by the message's key. The text is the message's own.</summary>
internal sealed class BookingMail(NpgsqlDataSource postgres) : IMailTemplate
{
    public const string Name = "club.booking";

    private sealed class Row
    {
        public required string Template { get; init; }
        public required string Text { get; init; }
        public required string Title { get; init; }
        public required string Email { get; init; }
        public required string FirstName { get; init; }
    }

    public async Task<MailMessage?> WriteAsync(string id, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            SELECT m.template, m.text, b.title, p.email, p.first_name
              FROM club.message m JOIN club.booking b ON b.id = m.booking JOIN club.member p ON p.id = m.member
             WHERE m.dedupe_key = @id AND p.email <> ''
            """,
            new { id }, cancellationToken: stop));
        return row is null ? null : new MailMessage($"club:{id}", row.Email, Subject(row.Template, row.Title), $"Dear {row.FirstName},\n\n{row.Text}\n\nYour club");
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
