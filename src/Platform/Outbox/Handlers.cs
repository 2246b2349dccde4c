using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Contracts;

namespace Rialto.Platform.Outbox;

/// <summary>
/// Does something because another module's event happened. It works in the transaction it is given and nowhere else: its effects and the end of the
/// delivery commit together, so they happen once, however often it is tried. What must reach outside becomes a job, enqueued in that transaction.
/// </summary>
public interface IHandle<in TEvent>
    where TEvent : IBusinessEvent
{
    /// <summary>An exception undoes what was written and tries again later; after many tries the delivery is parked and holds back the later events of its key.</summary>
    Task HandleAsync(TEvent happened, Delivery delivery, CancellationToken stop);
}

/// <summary>One event on its way to one handler.</summary>
public sealed record Delivery
{
    public required Envelope Envelope { get; init; }

    /// <summary>All writes of the handler belong into this transaction; do not commit it.</summary>
    public required NpgsqlTransaction Transaction { get; init; }

    public NpgsqlConnection Connection => Transaction.Connection!;

    /// <summary>1 at the first try.</summary>
    public required int Attempt { get; init; }

    /// <summary>In whose name the handler publishes and enqueues: the same organization, on behalf of itself.</summary>
    public Origin Origin { get; init; }
}

/// <summary>A handler as the relay knows it.</summary>
internal sealed record Handler(string Name, string EventType, Func<IServiceProvider, Delivery, CancellationToken, Task> HandleAsync);

public static class HandlerRegistration
{
    /// <summary>
    /// Registers a handler of an event. <paramref name="name"/>, for example <c>store.reserve-stock</c>, stays the same for ever: undelivered events wait under it.
    /// One name may stand for several event types of one class; their order per key holds across the types.
    /// </summary>
    public static IServiceCollection AddHandler<TEvent, THandler>(this IServiceCollection services, string name)
        where TEvent : IBusinessEvent
        where THandler : class, IHandle<TEvent>
    {
        services.AddScoped<THandler>();
        return services.AddSingleton(new Handler(name, EventName.Of(typeof(TEvent)), (scope, delivery, stop) =>
        {
            var happened = JsonSerializer.Deserialize<TEvent>(delivery.Envelope.Body, EventOutbox.Json) ?? throw new JsonException("The event is null.");
            return scope.GetRequiredService<THandler>().HandleAsync(happened, delivery, stop);
        }));
    }
}
