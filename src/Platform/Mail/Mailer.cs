using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Platform.Connectors;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;

namespace Rialto.Platform.Mail;

/// <summary>One mail, plain text.</summary>
/// <param name="Key">Names this text once and for all: a mail provider that has seen it does not send it again.</param>
/// <param name="To">One address.</param>
public sealed record MailMessage(string Key, string To, string Subject, string Text);

/// <summary>
/// A kind of mail. It is written when it is sent, from what its id stands for: the queue holds no address, no text and no token, and who was erased or
/// has no more need of it gets none.
/// </summary>
public interface IMailTemplate
{
    /// <summary>The mail as it is now; null when it is no longer wanted.</summary>
    Task<MailMessage?> WriteAsync(string id, CancellationToken stop);

    /// <summary>It was taken, or refused for good.</summary>
    Task SettleAsync(string id, bool isSent, CancellationToken stop) => Task.CompletedTask;
}

/// <summary>The one way of sending mail: queued in the transaction that makes it true.</summary>
public sealed class Mailer
{
    private readonly JobQueue _jobs;
    private readonly MailTransport _transport;

    internal Mailer(JobQueue jobs, MailTransport transport) => (_jobs, _transport) = (jobs, transport);

    /// <summary>Whether mails reach people; without, links are shown to who made them instead.</summary>
    public bool ReachesPeople => _transport.ReachesPeople;

    /// <summary>Call it late in the transaction.</summary>
    /// <param name="template">As registered by <see cref="MailServices.AddMailTemplate"/>.</param>
    /// <param name="id">What the template finds the contents by.</param>
    public Task QueueAsync(NpgsqlTransaction transaction, Origin by, string template, string id, CancellationToken stop = default) =>
        _jobs.EnqueueAsync(transaction, by, new SendMail(template, id), new JobOptions { CanWait = true }, stop);

    /// <summary>The same for who writes more in one round trip; a second mail of the same template and id is not queued.</summary>
    public IReadOnlyList<NpgsqlBatchCommand> Queuing(Origin by, string template, string id) =>
        _jobs.Enqueuing(by, new SendMail(template, id), new JobOptions { CanWait = true, Key = $"{template}:{id}" });
}

internal sealed record SendMail(string Template, string Id);

/// <summary>A mail server that is away is asked again until its template no longer wants the mail.</summary>
internal sealed class SendMailJob(IServiceProvider services, MailTransport transport) : IJob<SendMail>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public async Task<JobOutcome> RunAsync(SendMail arguments, JobRun run, CancellationToken stop)
    {
        var template = services.GetRequiredKeyedService<IMailTemplate>(arguments.Template);
        if (await template.WriteAsync(arguments.Id, stop) is not { } message) return JobOutcome.Done(new { skipped = "It is no longer wanted." });
        var delivery = await transport.SendAsync(message, stop);
        if (delivery.Outcome == MailOutcome.Later) return JobOutcome.Later(delivery.RetryAfter ?? Patience, delivery.Detail);
        await template.SettleAsync(arguments.Id, delivery.Outcome == MailOutcome.Sent, stop);
        // Wrong address or content: no number of attempts will help.
        return delivery.Outcome == MailOutcome.Sent ? JobOutcome.Done() : JobOutcome.Park($"refused: {delivery.Detail}");
    }
}

public static class MailServices
{
    internal static void AddMail(this IServiceCollection services)
    {
        services.AddConnector(new MailVendor());
        services.AddSingleton<MailTransport>();
        services.AddSingleton(provider => new Mailer(provider.GetRequiredService<JobQueue>(), provider.GetRequiredService<MailTransport>()));
        services.AddJob<SendMail, SendMailJob>("platform.mail");
    }

    /// <param name="name">For example <c>club.booking</c>; it stays the same for ever, because queued mails carry it.</param>
    public static IServiceCollection AddMailTemplate<TTemplate>(this IServiceCollection services, string name)
        where TTemplate : class, IMailTemplate =>
        services.AddKeyedScoped<IMailTemplate, TTemplate>(name);
}
