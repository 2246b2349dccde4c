using Rialto.Platform.Audit;

namespace Rialto.Platform.Tests.Audit;

public class AuditChainTests
{
    private static readonly AuditEntry Entry = new()
    {
        Action = "identity.key.revoke", Target = "key:abc", ActorId = "1", ActorName = "Ann", Organization = 1, Before = "{}", After = null, Address = "10.0.0.1",
    };

    private static readonly DateTimeOffset At = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    private static List<AuditRecord> Chain(int length)
    {
        var chain = new List<AuditRecord>();
        var previous = AuditChain.Origin;
        for (var i = 1; i <= length; i++)
        {
            var entry = Entry with { Target = $"key:{i}" };
            var hash = AuditChain.HashOf(i, At.AddSeconds(i), entry, previous);
            chain.Add(new AuditRecord(i, At.AddSeconds(i), entry, previous, hash));
            previous = hash;
        }
        return chain;
    }

    private static AuditBreak? Verify(IEnumerable<AuditRecord> records)
    {
        var (sequence, previous) = (1L, AuditChain.Origin);
        foreach (var record in records)
        {
            if (AuditChain.Check(record, sequence, previous) is { } found) return found;
            (sequence, previous) = (record.Sequence + 1, record.Hash);
        }
        return null;
    }

    [Fact]
    public void An_honest_chain_verifies() => Verify(Chain(5)).ShouldBeNull();

    [Fact]
    public void Every_field_of_an_entry_counts()
    {
        var chain = Chain(3);
        AuditEntry[] changed =
        [
            chain[1].Entry with { Action = "x" }, chain[1].Entry with { Target = "x" }, chain[1].Entry with { ActorId = "x" }, chain[1].Entry with { ActorName = "x" },
            chain[1].Entry with { Organization = 2 }, chain[1].Entry with { Before = null }, chain[1].Entry with { After = "" }, chain[1].Entry with { Address = null },
            // The same characters in other fields.
            chain[1].Entry with { ActorId = "1A", ActorName = "nn" },
        ];
        foreach (var entry in changed)
            Verify([chain[0], chain[1] with { Entry = entry }, chain[2]]).ShouldNotBeNull().Sequence.ShouldBe(2);
        Verify([chain[0], chain[1] with { At = At }, chain[2]]).ShouldNotBeNull().Sequence.ShouldBe(2);
    }

    [Fact]
    public void Dropping_inserting_and_reordering_show()
    {
        var chain = Chain(4);
        Verify([chain[0], chain[2], chain[3]]).ShouldNotBeNull().Sequence.ShouldBe(2);
        Verify([chain[1], chain[2]]).ShouldNotBeNull().Sequence.ShouldBe(1);
        Verify([chain[0], chain[2] with { Sequence = 2 }, chain[3]]).ShouldNotBeNull().Sequence.ShouldBe(2);
        Verify([chain[0], chain[0] with { Sequence = 2 }, chain[1]]).ShouldNotBeNull().Sequence.ShouldBe(2);
    }

    [Fact]
    public void An_entry_computed_anew_breaks_the_next_one()
    {
        var chain = Chain(3);
        var forged = chain[1].Entry with { ActorName = "Bob" };
        var hash = AuditChain.HashOf(2, chain[1].At, forged, chain[0].Hash);
        Verify([chain[0], chain[1] with { Entry = forged, Hash = hash }, chain[2]]).ShouldNotBeNull().Sequence.ShouldBe(3);
    }
}
