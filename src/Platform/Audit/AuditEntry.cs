namespace Rialto.Platform.Audit;

/// <summary>Who did what to which thing, from where, and how the thing looked before and after.</summary>
public sealed record AuditEntry
{
    /// <summary><c>area.noun.verb</c>, for example <c>identity.key.revoke</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: <c>kind:id</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Of the person or program, or <c>system</c>.</summary>
    public required string ActorId { get; init; }

    public required string ActorName { get; init; }

    /// <summary>Number of the organization it concerns; 0 for the installation itself.</summary>
    public required uint Organization { get; init; }

    /// <summary>JSON, never with a secret in it.</summary>
    public string? Before { get; init; }

    /// <summary>JSON, never with a secret in it.</summary>
    public string? After { get; init; }

    /// <summary>Address of the client.</summary>
    public string? Address { get; init; }
}
