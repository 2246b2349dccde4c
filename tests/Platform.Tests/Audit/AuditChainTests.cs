using Rialto.Platform.Audit;

namespace Rialto.Platform.Tests.Audit;

public class AuditChainTests
{
    private static readonly AuditEntry Entry = new()
    {
        Action = "identity.key.revoke", Target = "key:abc", ActorId = "1", ActorName = "Ann", Organization = 1, Before = "{}", After = null, Address = "10.0.0.1",
    };

    private static readonly DateTimeOffset At = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    private static List<AuditRecord> Chain(int length, Func<int, bool> firstForm)
    {
        var chain = new List<AuditRecord>();
        var previous = AuditChain.Origin;
        for (var i = 1; i <= length; i++)
        {
            var entry = Entry with { Target = $"key:{i}" };
            // The forms may follow each other in any order: an installation that is brought up to date has both.
            var record = firstForm(i)
                ? new AuditRecord(i, At.AddSeconds(i), entry, previous, AuditChain.HashOfFirstForm(i, At.AddSeconds(i), entry, previous))
                : AuditChain.Seal(i, At.AddSeconds(i), entry, previous);
            chain.Add(record);
            previous = record.Hash;
        }
        return chain;
    }

    private static AuditBreak? Verify(IEnumerable<AuditRecord> records, params string[] erased)
    {
        var (sequence, previous) = (1L, AuditChain.Origin);
        foreach (var record in records)
        {
            if (AuditChain.Check(record, sequence, previous, erased.Contains, _ => null) is { } found) return found;
            (sequence, previous) = (record.Sequence + 1, record.Hash);
        }
        return null;
    }

    public static TheoryData<string> Forms => ["first", "second", "both"];

    private static List<AuditRecord> Chain(int length, string forms) => Chain(length, i => forms == "first" || (forms == "both" && i % 2 == 1));

    [Theory]
    [MemberData(nameof(Forms))]
    public void An_honest_chain_verifies(string forms) => Verify(Chain(5, forms)).ShouldBeNull();

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_field_of_an_entry_counts(string forms)
    {
        var chain = Chain(3, forms);
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

    [Theory]
    [MemberData(nameof(Forms))]
    public void Dropping_inserting_and_reordering_show(string forms)
    {
        var chain = Chain(4, forms);
        Verify([chain[0], chain[2], chain[3]]).ShouldNotBeNull().Sequence.ShouldBe(2);
        Verify([chain[1], chain[2]]).ShouldNotBeNull().Sequence.ShouldBe(1);
        Verify([chain[0], chain[2] with { Sequence = 2 }, chain[3]]).ShouldNotBeNull().Sequence.ShouldBe(2);
        Verify([chain[0], chain[0] with { Sequence = 2 }, chain[1]]).ShouldNotBeNull().Sequence.ShouldBe(2);
    }

    [Fact]
    public void An_entry_computed_anew_breaks_the_next_one()
    {
        var chain = Chain(3, "second");
        var forged = AuditChain.Seal(2, chain[1].At, chain[1].Entry with { ActorName = "Bob" }, chain[0].Hash);
        Verify([chain[0], forged, chain[2]]).ShouldNotBeNull().Sequence.ShouldBe(3);
        var old = chain[1].Entry with { ActorName = "Bob" };
        var asFirstForm = chain[1] with { Entry = old, Hash = AuditChain.HashOfFirstForm(2, chain[1].At, old, chain[0].Hash), Actor = null, Change = null };
        Verify([chain[0], asFirstForm, chain[2]]).ShouldNotBeNull().Sequence.ShouldBe(3);
    }

    private static AuditRecord Forget(AuditRecord record, bool actor) => actor
        ? record with { Actor = record.Actor! with { Salt = null }, Entry = record.Entry with { ActorName = "", Address = null } }
        : record with { Change = record.Change! with { Salt = null }, Entry = record.Entry with { Before = null, After = null } };

    [Fact]
    public void What_is_forgotten_with_an_erased_person_breaks_nothing_and_what_is_taken_away_otherwise_does()
    {
        var chain = Chain(3, "second");
        Verify([chain[0], Forget(chain[1], actor: true), chain[2]], "1").ShouldBeNull();
        Verify([chain[0], Forget(chain[1], actor: true), chain[2]]).ShouldNotBeNull().Sequence.ShouldBe(2);
        Verify([chain[0], Forget(chain[1], actor: true), chain[2]], "2").ShouldNotBeNull().Sequence.ShouldBe(2, "it was somebody else who was erased");
        Verify([chain[0], Forget(chain[1], actor: false), chain[2]], "2").ShouldBeNull("the entry is about key:2");
        Verify([chain[0], Forget(chain[1], actor: false), chain[2]], "1").ShouldNotBeNull().Sequence.ShouldBe(2);
        // Dropping the commitment as well is a change of the entry.
        Verify([chain[0], chain[1] with { Change = null, Entry = chain[1].Entry with { Before = null } }, chain[2]], "2").ShouldNotBeNull().Sequence.ShouldBe(2);
    }

    [Fact]
    public void An_entry_of_the_first_form_forgets_only_by_the_hash_that_the_audit_gives_for_it_and_only_for_who_was_erased()
    {
        var chain = Chain(3, "first");
        var (second, hash) = AuditChain.InSecondForm(chain[1]);
        var forgotten = Forget(second, actor: true);
        AuditBreak? Verify(AuditRecord entry, byte[]? given, params string[] erased) => AuditChain.Check(entry, 2, chain[0].Hash, erased.Contains, sequence => sequence == 2 ? given : null);
        forgotten.Hash.ShouldBe(chain[1].Hash, "the next entry stands on it");
        Verify(forgotten, hash, "1").ShouldBeNull();
        Verify(second, hash, "1").ShouldBeNull("nothing of it is gone yet");
        Verify(forgotten, null, "1").ShouldNotBeNull();
        Verify(forgotten, hash).ShouldNotBeNull();
        Verify(forgotten with { Entry = forgotten.Entry with { Action = "x" } }, hash, "1").ShouldNotBeNull("what stays is still covered");
        Verify(chain[1] with { Entry = chain[1].Entry with { Action = "x" } }, hash, "1").ShouldNotBeNull("and so is an entry that was not put into the second form");
    }

    [Fact]
    public void The_same_texts_have_another_commitment_each_time_so_that_nobody_finds_them_by_guessing()
    {
        var once = AuditChain.Seal(1, At, Entry, AuditChain.Origin);
        var again = AuditChain.Seal(1, At, Entry, AuditChain.Origin);
        again.Actor!.Hash.ShouldNotBe(once.Actor!.Hash);
        again.Change!.Hash.ShouldNotBe(once.Change!.Hash);
    }
}
