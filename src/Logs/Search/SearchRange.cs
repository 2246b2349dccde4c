using Rialto.Platform.Problems;

namespace Rialto.Logs.Search;

/// <summary>The times that a search looks at, in nanoseconds since 1970: from the first, up to but without the last.</summary>
internal readonly record struct SearchRange(long From, long To)
{
    public const string FromDefault = "now-15m";
    public const string ToDefault = "now";

    public static bool TryRead(string? from, string? to, TimeProvider clock, out SearchRange range, out Problem? problem)
    {
        var now = Nanos.Of(clock.GetUtcNow());
        range = default;
        if (!Nanos.TryRead(from ?? FromDefault, now, out var first))
            problem = SearchErrors.BadTime("from", from!);
        else if (!Nanos.TryRead(to ?? ToDefault, now, out var last))
            problem = SearchErrors.BadTime("to", to!);
        else if (first >= last)
            problem = SearchErrors.EmptyRange();
        else
        {
            range = new(first, last);
            problem = null;
        }

        return problem is null;
    }
}
