using Rialto.Platform.Connectors;

namespace Rialto.Club.Tests.Conformance;

/// <summary>One use of an operation: its own key, and what was made before it.</summary>
internal sealed class KitCase(World world)
{
    private readonly string _key = Guid.CreateVersion7().ToString();

    public World World => world;

    /// <summary>Counts the sendings: a vendor that tells a failed answer again gets another key for the next.</summary>
    public int Attempt { get; set; } = 1;

    /// <summary>Of the thing itself, the same however often it is sent.</summary>
    public string Subject => _key;

    /// <summary>Of this sending.</summary>
    public string AttemptKey => $"{_key}:{Attempt}";

    /// <summary>What was made before.</summary>
    public Dictionary<string, string> Made { get; } = [];
}

/// <param name="Shows">The answer carries what shows the effect: a good status alone proves nothing.</param>
internal sealed record KitAnswer(VendorAnswer Answer, bool Shows)
{
    public bool IsGood => Answer.IsOk && Shows;
}

/// <summary>An operation of a connector, classified.</summary>
/// <param name="Member">The method of the client, or the operation of the manifest, that this plays: none may be left out.</param>
/// <param name="Call">Makes exactly one call of the vendor.</param>
internal abstract record KitOperation(string Member, Func<KitCase, Task<KitAnswer>> Call)
{
    /// <summary>What has to be at the vendor before.</summary>
    public Func<KitCase, Task>? Before { get; init; }

    public sealed override string ToString() => Member;
}

/// <summary>Changes nothing at the vendor.</summary>
internal sealed record KitRead(string Member, Func<KitCase, Task<KitAnswer>> Call) : KitOperation(Member, Call);

/// <summary>Changes something. It has a look-up, or a key of the vendor's own, or both.</summary>
/// <param name="Effects">How often it has happened, by the vendor's own books.</param>
internal sealed record KitWrite(string Member, Func<KitCase, Task<KitAnswer>> Call, Func<KitCase, int> Effects) : KitOperation(Member, Call)
{
    /// <summary>Whether the effect is there; null when the vendor cannot be asked.</summary>
    public Func<KitCase, Task<bool?>>? Look { get; init; }

    /// <summary>The read that <see cref="Look"/> makes.</summary>
    public string? LooksBy { get; init; }

    /// <summary>The vendor has a key of its own by which a repetition has no second effect.</summary>
    public bool HasNativeKey { get; init; }

    /// <summary>The key as the vendor sees it.</summary>
    public Func<KitCase, string> KeySeen { get; init; } = one => one.Subject;

    /// <summary>What the vendor answers differs: whether it has happened is asked, and not read out of the answer.</summary>
    public bool AnswerProvesNothing { get; init; }

    /// <summary>Why it may happen twice without harm; null where it may not.</summary>
    public string? HarmlessTwice { get; init; }
}
