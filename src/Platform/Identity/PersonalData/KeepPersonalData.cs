using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Contracts.Identity;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;

namespace Rialto.Platform.Identity.PersonalData;

/// <summary>Something of a person that stays, and why. It is told with what is kept of him and when he is erased.</summary>
/// <param name="Code">Stable, for example <c>audit-entries</c>; the web application has words for it in each language.</param>
/// <param name="Because">What stays and why, in sentences.</param>
/// <param name="Until">When it goes by itself; null when it stays for good or until somebody does something, and then the sentences say which.</param>
/// <param name="Values">What the words of other languages have to name, for example how many.</param>
public sealed record Stays(string Code, string Because, DateTimeOffset? Until = null, IReadOnlyDictionary<string, string>? Values = null);

/// <summary>A part of the product that keeps something about persons. It is asked by events, so it answers also when it runs on another node or comes back later.</summary>
public interface IKeepPersonalData
{
    /// <summary>All that is kept of the person, to be shown to him as JSON; null when there is nothing.</summary>
    Task<object?> CollectAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop);

    /// <summary>What will stay of him when he is erased, here and with whoever was told of him, and what nobody can find by who he is.</summary>
    Task<IReadOnlyList<Stays>> StaysAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop);

    /// <summary>Removes it, or empties it where a row must stay; again does nothing more.</summary>
    /// <returns>Null when it is done; otherwise what has to stay for now, and it is tried again later.</returns>
    Task<Stays?> EraseAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop);
}

public static class PersonalDataRegistration
{
    internal const string HandlerSuffix = ".personal-data";

    /// <param name="part">Names it for ever, for example <c>club</c>.</param>
    public static IServiceCollection AddPersonalData<TPart>(this IServiceCollection services, string part)
        where TPart : class, IKeepPersonalData
    {
        services.AddSingleton<TPart>();
        services.AddSingleton(new PartName<TPart>(part));
        // One name for both: what was asked before the person was erased is answered before it.
        services.AddHandler<PersonalDataAsked, AnswerPersonalData<TPart>>(part + HandlerSuffix);
        services.AddHandler<PersonErased, AnswerPersonalData<TPart>>(part + HandlerSuffix);
        return services.AddJob<ErasePerson<TPart>, ErasePersonJob<TPart>>(part + ".erase-person");
    }
}

internal sealed record PartName<TPart>(string Value);

internal sealed record ErasePerson<TPart>(Guid Request, Guid Person);

/// <summary>Brings the two questions to a part. Telling is done at once; erasing may have to wait for what is under way, so it is a job.</summary>
internal sealed class AnswerPersonalData<TPart>(TPart part, PartName<TPart> name, JobQueue jobs, TimeProvider clock) : IHandle<PersonalDataAsked>, IHandle<PersonErased>
    where TPart : IKeepPersonalData
{
    public async Task HandleAsync(PersonalDataAsked happened, Delivery delivery, CancellationToken stop)
    {
        var data = await part.CollectAsync(happened.Person, delivery.Transaction, stop);
        var stays = await part.StaysAsync(happened.Person, delivery.Transaction, stop);
        await PersonalDataAnswers.StoreAsync(delivery.Transaction, happened.Request, name.Value, data, stays, clock.GetUtcNow(), stop);
    }

    public Task HandleAsync(PersonErased happened, Delivery delivery, CancellationToken stop) =>
        jobs.EnqueueAsync(delivery.Transaction, delivery.Origin, new ErasePerson<TPart>(happened.Request, happened.Person), new JobOptions { Key = happened.Request.ToString() }, stop);
}

internal sealed class ErasePersonJob<TPart>(TPart part, PartName<TPart> name, NpgsqlDataSource postgres, TimeProvider clock) : IJob<ErasePerson<TPart>>
    where TPart : IKeepPersonalData
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    public async Task<JobOutcome> RunAsync(ErasePerson<TPart> arguments, JobRun run, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // Before: afterwards nobody knows any more what was his.
        var stays = await part.StaysAsync(arguments.Person, transaction, stop);
        if (await part.EraseAsync(arguments.Person, transaction, stop) is { } notYet)
        {
            await transaction.RollbackAsync(stop);
            await PersonalDataAnswers.WaitAsync(connection, arguments.Request, name.Value, notYet, stop);
            return JobOutcome.Later(Pause, notYet.Because);
        }
        await PersonalDataAnswers.StoreAsync(transaction, arguments.Request, name.Value, null, stays, clock.GetUtcNow(), stop);
        await run.CompleteAsync(transaction, stop: stop);
        await transaction.CommitAsync(stop);
        return JobOutcome.Done();
    }
}

internal static class PersonalDataAnswers
{
    // The request may have been removed with its person's other exports meanwhile; then there is nobody to answer.
    public static Task StoreAsync(
        NpgsqlTransaction transaction, Guid request, string part, object? data, IReadOnlyList<Stays> stays, DateTimeOffset now, CancellationToken stop) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO identity.personal_data_answer AS a (request, part, data, stays, answered_at)
            SELECT id, @part, @data, @stays, @now FROM identity.personal_data_request WHERE id = @request
            ON CONFLICT (request, part) DO UPDATE SET data = @data, stays = @stays, waits = NULL, answered_at = @now WHERE a.answered_at IS NULL
            """,
            new { request, part, data = data is null ? null : JsonSerializer.Serialize(data, JsonSerializerOptions.Web), stays = JsonSerializer.Serialize(stays, JsonSerializerOptions.Web), now },
            transaction, cancellationToken: stop));

    public static Task WaitAsync(NpgsqlConnection connection, Guid request, string part, Stays notYet, CancellationToken stop) => connection.ExecuteAsync(new CommandDefinition(
        """
        INSERT INTO identity.personal_data_answer AS a (request, part, waits)
        SELECT id, @part, @waits FROM identity.personal_data_request WHERE id = @request
        ON CONFLICT (request, part) DO UPDATE SET waits = @waits WHERE a.answered_at IS NULL
        """,
        new { request, part, waits = JsonSerializer.Serialize(notYet, JsonSerializerOptions.Web) }, cancellationToken: stop));
}
