using System.Collections.Concurrent;
using System.Text;
using Rialto.Contracts;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Outbox;

/// <summary>An event with what the platform knows about it.</summary>
public sealed class Envelope
{
    /// <summary>Orders the events of one key; gaps and comparisons across keys mean nothing.</summary>
    public required long Position { get; init; }

    public required Guid Id { get; init; }

    /// <summary>For example <c>store.order-paid</c>.</summary>
    public required string Type { get; init; }

    public required string Key { get; init; }

    /// <summary>Number of the organization it happened in.</summary>
    public required int Organization { get; init; }

    /// <summary>Who made it happen, as <see cref="Origin.Actor"/>.</summary>
    public required string Actor { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>W3C trace context of the request that published it.</summary>
    public required string? TraceParent { get; init; }

    /// <summary>The event as JSON, camelCase.</summary>
    public required string Body { get; init; }
}

/// <summary>In whose name something happens.</summary>
/// <param name="Organization">Number of the organization.</param>
/// <param name="Actor"><c>user:&lt;id&gt;</c>, <c>key:&lt;application&gt;</c>, <c>job:&lt;kind&gt;</c>, <c>demo</c>...: never a name or an address of a person.</param>
public readonly record struct Origin(uint Organization, string Actor)
{
    public static Origin Of(Caller caller) =>
        new(caller.Organization, caller.Kind == CallerKind.User ? $"user:{caller.Id}" : $"key:{caller.ApplicationName}");
}

/// <summary>Wire names of events: the module's namespace and the record's name in kebab-case.</summary>
internal static class EventName
{
    private static readonly ConcurrentDictionary<Type, string> Names = new();

    public static string Of(Type type) => Names.GetOrAdd(type, Make);

    public static string ModuleOf(string name) => name[..name.IndexOf('.', StringComparison.Ordinal)];

    private static string Make(Type type)
    {
        if (!typeof(IBusinessEvent).IsAssignableFrom(type) || type.IsAbstract) throw new ArgumentException($"{type} is not a business event.", nameof(type));
        var module = type.Namespace!.Split('.')[^1];
        return Kebab(module) + "." + Kebab(type.Name);
    }

    private static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}
