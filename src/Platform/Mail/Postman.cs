using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Rialto.Platform.Mail;

/// <summary>One mail, plain text.</summary>
/// <param name="To">One address.</param>
internal sealed record Letter(string To, string Subject, string Text);

/// <summary>What became of a mail.</summary>
internal enum MailOutcome
{
    /// <summary>The mail server has taken it.</summary>
    Sent,

    /// <summary>The server is away or asks to come back later: try again.</summary>
    Later,

    /// <summary>The server will never take it, for example because there is no such recipient.</summary>
    Refused,
}

/// <summary>
/// Hands mails to the operator's own mail server. It sends at once and once: whoever must not lose a mail sends it from a job. Links that open accounts go this way and
/// not through <see cref="Mailer"/>, whose queue keeps the text.
/// </summary>
internal sealed partial class Postman(Settings settings, ILogger<Postman> log)
{
    // A server that does not answer in this time counts as away.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ILogger _log = log;

    /// <summary>Without a server, links are shown to who made them instead.</summary>
    public bool IsConfigured => settings.Smtp is not null;

    public async Task<MailOutcome> SendAsync(Letter letter, CancellationToken stop)
    {
        var server = settings.Smtp ?? throw new InvalidOperationException("No mail server is configured.");
        using var client = new SmtpClient(server.Host, server.Port)
        {
            EnableSsl = server.Scheme == "smtp+tls",
            Credentials = CredentialsOf(server),
        };
        using var message = new System.Net.Mail.MailMessage(settings.MailFrom!, letter.To, letter.Subject, letter.Text);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(message, patience.Token);
            return MailOutcome.Sent;
        }
        catch (SmtpException refused) when (IsFinal(refused.StatusCode))
        {
            LogRefused(refused.StatusCode);
            return MailOutcome.Refused;
        }
        catch (Exception exception) when (exception is SmtpException or IOException or SocketException || (exception is OperationCanceledException && !stop.IsCancellationRequested))
        {
            LogAway(server.Host, exception.GetBaseException().Message);
            return MailOutcome.Later;
        }
    }

    /// <summary>Answers that begin with 5 are final, except those about how we signed in: an operator repairs these.</summary>
    private static bool IsFinal(SmtpStatusCode code) => (int)code is >= 500 and < 600 and not (530 or 534 or 535 or 538);

    private static NetworkCredential? CredentialsOf(Uri server) => server.UserInfo.Split(':', 2) is [var user, var password]
        ? new NetworkCredential(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password))
        : null;

    // Without the recipient: addresses of people are no records.
    [LoggerMessage(LogLevel.Warning, "The mail server refused a mail for good: {Code}")]
    private partial void LogRefused(SmtpStatusCode code);

    [LoggerMessage(LogLevel.Warning, "The mail server {Host} did not take a mail, it is tried again: {Reason}")]
    private partial void LogAway(string host, string reason);
}
