using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Rialto.Platform.Audit;

/// <summary>What an entry's hash covers in place of texts that can be forgotten.</summary>
/// <param name="Salt">Null when the texts were forgotten.</param>
internal sealed record Commitment(byte[] Hash, byte[]? Salt);

/// <summary>An entry with its place in the chain.</summary>
/// <param name="Actor">Of the actor's name and address; null in an entry of the first form, whose hash covers the texts themselves.</param>
/// <param name="Change">Of before and after; null when there is neither, and in an entry of the first form.</param>
internal sealed record AuditRecord(long Sequence, DateTimeOffset At, AuditEntry Entry, byte[] PreviousHash, byte[] Hash, Commitment? Actor = null, Commitment? Change = null);

/// <summary>Where the chain is broken and how.</summary>
internal sealed record AuditBreak(long Sequence, string Reason);

/// <summary>
/// Each entry's hash covers the entry and the hash before it, so that nobody can change, drop, insert or reorder one without changing every later hash.
/// Somebody who can write the table could compute the whole chain again: therefore the newest hash also goes to the log regularly, out of his reach.
/// In entries of the second form it covers salted commitments of what tells of persons, so that this can be forgotten (docs/decisions/0031-audit-that-forgets.md).
/// </summary>
internal static class AuditChain
{
    /// <summary>The entry that says that a person was erased, with the target <c>user:id</c>. Without it, what is missing was taken away.</summary>
    public const string Erasure = "identity.person.erase";

    /// <summary>The entry that holds the hash which an entry of the first form has in the second; its target is <c>entry:sequence</c>.</summary>
    public const string Reseal = "audit.reseal";

    private const int SaltBytes = 32;

    /// <summary>The hash before the first entry.</summary>
    public static readonly byte[] Origin = new byte[SHA256.HashSizeInBytes];

    /// <summary>The entry as it is written now: its commitments with fresh salts, and its hash.</summary>
    public static AuditRecord Seal(long sequence, DateTimeOffset at, AuditEntry entry, byte[] previous)
    {
        var (actor, change) = Commitments(entry);
        return new AuditRecord(sequence, at, entry, previous, HashOf(sequence, at, entry, previous, actor, change), actor, change);
    }

    /// <summary>An entry of the first form as one of the second: it keeps the hash that the chain stands on.</summary>
    /// <returns>The entry, and the hash that covers what will be left of it.</returns>
    public static (AuditRecord Record, byte[] Hash) InSecondForm(AuditRecord record)
    {
        var (actor, change) = Commitments(record.Entry);
        return (record with { Actor = actor, Change = change }, HashOf(record.Sequence, record.At, record.Entry, record.PreviousHash, actor, change));
    }

    /// <summary>The first thing that is wrong, or null.</summary>
    /// <param name="isErased">Whether the audit says that the person of this id was erased.</param>
    /// <param name="resealed">The hash that the audit itself gives for an entry of the first form that was put into the second; null for all others.</param>
    public static AuditBreak? Check(AuditRecord record, long expectedSequence, ReadOnlySpan<byte> expectedPrevious, Func<string, bool> isErased, Func<long, byte[]?> resealed)
    {
        if (record.Sequence != expectedSequence) return new(expectedSequence, $"Entry {expectedSequence} is missing; the next is {record.Sequence}.");
        if (!record.PreviousHash.AsSpan().SequenceEqual(expectedPrevious)) return new(record.Sequence, $"Entry {record.Sequence} does not follow the entry before it.");
        var entry = record.Entry;
        var hash = record.Actor is { } actor
            ? HashOf(record.Sequence, record.At, entry, record.PreviousHash, actor, record.Change)
            : HashOfFirstForm(record.Sequence, record.At, entry, record.PreviousHash);
        // Only for somebody who was erased may an entry be another form of what it was.
        var expected = record.Actor is not null && resealed(record.Sequence) is { } given && (isErased(entry.ActorId) || isErased(IdOf(entry.Target))) ? given : record.Hash;
        if (!expected.AsSpan().SequenceEqual(hash)) return new(record.Sequence, $"Entry {record.Sequence} is not what was written.");
        return Opens(record.Actor, entry.ActorName, entry.Address, isErased, entry.ActorId) && Opens(record.Change, entry.Before, entry.After, isErased, IdOf(entry.Target))
            ? null
            : new(record.Sequence, $"What entry {record.Sequence} tells of a person is not what was written, or was taken away.");
    }

    /// <summary>The hash of an entry whose texts cannot be forgotten, as all were at first. Time counts in microseconds, which is what PostgreSQL keeps.</summary>
    public static byte[] HashOfFirstForm(long sequence, DateTimeOffset at, AuditEntry entry, ReadOnlySpan<byte> previous)
    {
        using var hash = Begin("rialto-audit-1"u8, sequence, at, entry, previous);
        Append(hash, entry.ActorName);
        Append(hash, entry.Before);
        Append(hash, entry.After);
        Append(hash, entry.Address);
        return hash.GetHashAndReset();
    }

    private static byte[] HashOf(long sequence, DateTimeOffset at, AuditEntry entry, ReadOnlySpan<byte> previous, Commitment actor, Commitment? change)
    {
        using var hash = Begin("rialto-audit-2"u8, sequence, at, entry, previous);
        hash.AppendData(actor.Hash);
        Append(hash, (long)(change?.Hash.Length ?? -1));
        if (change is not null) hash.AppendData(change.Hash);
        return hash.GetHashAndReset();
    }

    private static IncrementalHash Begin(ReadOnlySpan<byte> form, long sequence, DateTimeOffset at, AuditEntry entry, ReadOnlySpan<byte> previous)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(form);
        hash.AppendData(previous);
        Append(hash, sequence);
        Append(hash, at.UtcTicks / TimeSpan.TicksPerMicrosecond);
        Append(hash, entry.Organization);
        Append(hash, entry.Action);
        Append(hash, entry.Target);
        Append(hash, entry.ActorId);
        return hash;
    }

    private static (Commitment Actor, Commitment? Change) Commitments(AuditEntry entry) => (
        Commit(entry.ActorName, entry.Address, RandomNumberGenerator.GetBytes(SaltBytes)),
        entry.Before is null && entry.After is null ? null : Commit(entry.Before, entry.After, RandomNumberGenerator.GetBytes(SaltBytes)));

    private static Commitment Commit(string? first, string? second, byte[] salt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("rialto-audit-commitment"u8);
        hash.AppendData(salt);
        Append(hash, first);
        Append(hash, second);
        return new Commitment(hash.GetHashAndReset(), salt);
    }

    private static bool Opens(Commitment? commitment, string? first, string? second, Func<string, bool> isErased, string person)
    {
        if (commitment is null) return true;
        return commitment.Salt is { } salt ? Commit(first, second, salt).Hash.AsSpan().SequenceEqual(commitment.Hash) : isErased(person);
    }

    private static string IdOf(string target) => target[(target.IndexOf(':', StringComparison.Ordinal) + 1)..];

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
