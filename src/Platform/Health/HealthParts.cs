using System.Text.Json.Serialization;

namespace Rialto.Platform.Health;

[JsonConverter(typeof(JsonStringEnumConverter<PartStatus>))]
public enum PartStatus
{
    [JsonStringEnumMemberName("ready")]
    Ready,

    /// <summary>Works, but worse than it should; the node stays in the load balancer.</summary>
    [JsonStringEnumMemberName("degraded")]
    Degraded,

    /// <summary>Does not work; <c>/health/ready</c> answers 503.</summary>
    [JsonStringEnumMemberName("down")]
    Down,
}

/// <param name="Status">How the part is now.</param>
/// <param name="Detail">A short sentence or figures for an operator; shown to signed-in people only.</param>
public readonly record struct PartHealth(PartStatus Status, string Detail)
{
    public static PartHealth Ready(string detail) => new(PartStatus.Ready, detail);

    public static PartHealth Degraded(string detail) => new(PartStatus.Degraded, detail);

    public static PartHealth Down(string detail) => new(PartStatus.Down, detail);
}

/// <summary>A part of the product that can be well or not. Register it in DI; it then shows in <c>/health/ready</c> and <c>/api/platform/status</c>.</summary>
public interface IHealthPart
{
    /// <summary>Lower-case, for example <c>postgres</c> or <c>logs.spool</c>.</summary>
    string Name { get; }

    /// <summary>Called every few seconds by load balancers: cheap, and it answers within a second or counts as down.</summary>
    ValueTask<PartHealth> CheckAsync(CancellationToken stop);
}
