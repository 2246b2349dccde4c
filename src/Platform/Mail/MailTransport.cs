using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Rialto.Platform.Connectors;

namespace Rialto.Platform.Mail;

/// <summary>What became of a mail.</summary>
internal enum MailOutcome
{
    /// <summary>It was taken.</summary>
    Sent,

    /// <summary>The server is away or asks to come back later: try again.</summary>
    Later,

    /// <summary>It will never be taken, for example because there is no such recipient.</summary>
    Refused,
}

internal sealed record MailDelivery(MailOutcome Outcome, string Detail, TimeSpan? RetryAfter = null);

/// <summary>Hands a mail over: to the operator's own mail server when one is configured, otherwise to the mail provider of the connector <c>mail</c>.</summary>
internal sealed partial class MailTransport(Settings settings, ConnectorSet connectors, ILogger<MailTransport> log)
{
    // A server that does not answer in this time counts as away.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const string Simulated = "simulator:";

    private readonly ILogger _log = log;

    /// <summary>Not with the simulator of a demo, whose mails nobody receives.</summary>
    public bool ReachesPeople => settings.Smtp is not null || !connectors[MailVendor.Word].Settings.BaseUrl.StartsWith(Simulated, StringComparison.Ordinal);

    public Task<MailDelivery> SendAsync(MailMessage message, CancellationToken stop) => settings.Smtp is { } server ? ToServerAsync(server, message, stop) : ToProviderAsync(message, stop);

    private async Task<MailDelivery> ToProviderAsync(MailMessage message, CancellationToken stop)
    {
        var answer = await CallProviderAsync(message, stop);
        return answer.Outcome switch
        {
            Outcome.Ok when answer.Text("id") is not null => new(MailOutcome.Sent, ""),
            Outcome.Refused => new(MailOutcome.Refused, answer.Detail),
            // The key makes a second sending harmless, so an unknown outcome is sent again; a good answer without an id is one too.
            _ => new(MailOutcome.Later, answer.Detail, answer.RetryAfter),
        };
    }

    internal Task<VendorAnswer> CallProviderAsync(MailMessage message, CancellationToken stop)
    {
        var connector = connectors[MailVendor.Word];
        var call = VendorCall.Json("send", CallKind.Write, HttpMethod.Post, "/emails", new
        {
            from = connector.Settings.Values.GetValueOrDefault("from", "Rialto <no-reply@rialto.example>"),
            to = new[] { message.To },
            subject = message.Subject,
            text = message.Text,
        });
        return connector.CallAsync(call with { Key = message.Key, Headers = [("Idempotency-Key", message.Key)] }, stop);
    }

    private async Task<MailDelivery> ToServerAsync(Uri server, MailMessage mail, CancellationToken stop)
    {
        using var client = new SmtpClient(server.Host, server.Port)
        {
            EnableSsl = server.Scheme == "smtp+tls",
            Credentials = CredentialsOf(server),
        };
        using var message = new System.Net.Mail.MailMessage(settings.MailFrom!, mail.To, mail.Subject, mail.Text);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            await client.SendMailAsync(message, patience.Token);
            return new(MailOutcome.Sent, "");
        }
        catch (SmtpException refused) when (IsFinal(refused.StatusCode))
        {
            LogRefused(refused.StatusCode);
            return new(MailOutcome.Refused, refused.StatusCode.ToString());
        }
        catch (Exception exception) when (exception is SmtpException or IOException or SocketException || (exception is OperationCanceledException && !stop.IsCancellationRequested))
        {
            LogAway(server.Host, exception.GetBaseException().Message);
            return new(MailOutcome.Later, "The mail server did not take the mail.");
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
