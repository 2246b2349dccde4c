using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

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

/// <summary>An entry with its place in the chain.</summary>
internal sealed record AuditRecord(long Sequence, DateTimeOffset At, AuditEntry Entry, byte[] PreviousHash, byte[] Hash);

/// <summary>
/// Each entry's hash covers the entry and the hash before it, so that nobody can change, drop, insert or reorder one without changing every later hash.
/// Somebody who can write the table could compute the whole chain again: therefore the newest hash also goes to the log regularly, out of his reach.
/// </summary>
internal static class AuditChain
{
    /// <summary>The hash before the first entry.</summary>
    public static readonly byte[] Origin = new byte[SHA256.HashSizeInBytes];

    /// <summary>Time counts in microseconds, which is what PostgreSQL keeps.</summary>
    public static byte[] HashOf(long sequence, DateTimeOffset at, AuditEntry entry, ReadOnlySpan<byte> previous)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("rialto-audit-1"u8);
        hash.AppendData(previous);
        Append(hash, sequence);
        Append(hash, at.UtcTicks / TimeSpan.TicksPerMicrosecond);
        Append(hash, entry.Organization);
        Append(hash, entry.Action);
        Append(hash, entry.Target);
        Append(hash, entry.ActorId);
        Append(hash, entry.ActorName);
        Append(hash, entry.Before);
        Append(hash, entry.After);
        Append(hash, entry.Address);
        return hash.GetHashAndReset();
    }

    /// <summary>The first thing that is wrong, or null.</summary>
    public static AuditBreak? Check(AuditRecord record, long expectedSequence, ReadOnlySpan<byte> expectedPrevious)
    {
        if (record.Sequence != expectedSequence) return new(expectedSequence, $"Entry {expectedSequence} is missing; the next is {record.Sequence}.");
        if (!record.PreviousHash.AsSpan().SequenceEqual(expectedPrevious)) return new(record.Sequence, $"Entry {record.Sequence} does not follow the entry before it.");
        return record.Hash.AsSpan().SequenceEqual(HashOf(record.Sequence, record.At, record.Entry, record.PreviousHash))
            ? null
            : new(record.Sequence, $"Entry {record.Sequence} is not what was written.");
    }

    private static void Append(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    // The length comes first, -1 for none: no two different entries have the same encoding.
    private static void Append(IncrementalHash hash, string? text)
    {
        if (text is null)
        {
            Append(hash, -1L);
            return;
        }
        var bytes = Encoding.UTF8.GetBytes(text);
        Append(hash, (long)bytes.Length);
        hash.AppendData(bytes);
    }
}

/// <summary>Where the chain is broken and how.</summary>
internal sealed record AuditBreak(long Sequence, string Reason);
