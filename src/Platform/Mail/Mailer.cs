using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Platform.Connectors;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;

namespace Rialto.Platform.Mail;

/// <param name="Key">Names the mail once and for all, for example <c>booking-confirmed:{id}</c>: a second one with the same key is not sent.</param>
/// <param name="Text">Plain text; always there.</param>
/// <param name="Html">For those who can show it.</param>
public sealed record MailMessage(string Key, string To, string Subject, string Text, string? Html = null, IReadOnlyList<MailFile>? Files = null);

/// <param name="Content">Small: it travels through the queue.</param>
public sealed record MailFile(string Name, byte[] Content);

/// <summary>Queues mails in the transaction that makes them true.</summary>
public sealed class Mailer(JobQueue jobs)
{
    private const int FileBytesMax = 512 * 1024;

    /// <summary>Call it late in the transaction.</summary>
    public Task QueueAsync(NpgsqlTransaction transaction, Origin by, MailMessage message, CancellationToken stop = default)
    {
        if (message.Files?.Sum(file => file.Content.Length) > FileBytesMax) throw new ArgumentException($"Files of a mail have at most {FileBytesMax} bytes together.");
        return jobs.EnqueueAsync(transaction, by, new SendMail(message), new JobOptions { Key = message.Key }, stop);
    }
}

internal sealed record SendMail(MailMessage Message);

internal sealed class SendMailJob(ConnectorSet connectors) : IJob<SendMail>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task<JobOutcome> RunAsync(SendMail arguments, JobRun run, CancellationToken stop)
    {
        var (message, connector) = (arguments.Message, connectors[MailVendor.Word]);
        var call = VendorCall.Json("send", CallKind.Write, HttpMethod.Post, "/emails", new
        {
            from = connector.Settings.Values.GetValueOrDefault("from", "Rialto <no-reply@rialto.example>"),
            to = new[] { message.To },
            subject = message.Subject,
            text = message.Text,
            html = message.Html,
            attachments = message.Files?.Select(file => new { filename = file.Name, content = Convert.ToBase64String(file.Content) }),
        });
        var answer = await connector.CallAsync(call with { Key = message.Key, Headers = [("Idempotency-Key", message.Key)] }, stop);
        return answer.Outcome switch
        {
            Outcome.Ok when answer.Text("id") is { } id => JobOutcome.Done(new { id }),
            // Wrong address or content: no number of attempts will help.
            Outcome.Refused => JobOutcome.Park($"refused: {answer.Detail}"),
            // The key makes a second sending harmless, so an unknown outcome is sent again; a good answer without an id is one too.
            _ => JobOutcome.Later(answer.RetryAfter ?? Patience, answer.Detail),
        };
    }
}

internal static class MailServices
{
    public static void AddMail(this IServiceCollection services)
    {
        services.AddConnector(new MailVendor());
        services.AddSingleton<Mailer>();
        services.AddJob<SendMail, SendMailJob>("platform.mail");
    }
}
