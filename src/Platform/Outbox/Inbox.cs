using Dapper;
using Npgsql;

namespace Rialto.Platform.Outbox;

/// <summary>Recognises messages from outside that come again: webhooks, partners' orders, messages of a bus.</summary>
public static class Inbox
{
    /// <summary>Repetitions are recognised for this long; senders repeat for days, not months.</summary>
    public static readonly TimeSpan Remembers = TimeSpan.FromDays(60);

    /// <summary>
    /// True when <paramref name="messageId"/> of <paramref name="source"/> is new; it is then remembered, if <paramref name="transaction"/> commits.
    /// When another transaction is just taking the same message, this waits for its end.
    /// </summary>
    public static async Task<bool> IsFirstAsync(NpgsqlTransaction transaction, string source, string messageId, CancellationToken stop = default) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "INSERT INTO platform.inbox (source, message_id) VALUES (@source, @messageId) ON CONFLICT DO NOTHING",
            new { source, messageId }, transaction, cancellationToken: stop)) == 1;
}
