namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>
/// The path of a request as it was sent. It is forwarded byte for byte, so everything that two servers may read in two ways is refused: what we matched
/// and allowed must be what the upstream serves. Refused: dot segments (also encoded, or before a <c>;</c>), empty segments, backslashes, encoded
/// slashes, double encoding, control and non-ASCII characters, and targets that are not a path.
/// </summary>
internal static class RawPath
{
    /// <summary>Where the query begins, or the length.</summary>
    public static int PathLength(string target) => target.IndexOf('?') is >= 0 and var at ? at : target.Length;

    public static bool IsAmbiguous(ReadOnlySpan<char> path)
    {
        if (path.Length == 0 || path[0] != '/') return true;
        for (var i = 0; i < path.Length; i++)
        {
            var c = path[i];
            if (c is <= ' ' or >= (char)127 or '\\' or '#') return true;
            if (c == '%' && IsTrickyEscape(path[i..])) return true;
        }
        for (var rest = path[1..]; ;)
        {
            var end = rest.IndexOf('/');
            if (IsTrickySegment(end < 0 ? rest : rest[..end], isLast: end < 0)) return true;
            if (end < 0) return false;
            rest = rest[(end + 1)..];
        }
    }

    /// <summary>What follows the first <paramref name="segments"/> segments, with its slash; empty at the end.</summary>
    public static ReadOnlySpan<char> After(ReadOnlySpan<char> path, int segments)
    {
        for (; segments > 0; segments--)
        {
            var next = path[1..].IndexOf('/');
            if (next < 0) return [];
            path = path[(next + 1)..];
        }
        return path;
    }

    private static bool IsTrickyEscape(ReadOnlySpan<char> at)
    {
        if (at.Length < 3 || !char.IsAsciiHexDigit(at[1]) || !char.IsAsciiHexDigit(at[2])) return true;
        var value = Convert.ToInt32(at.Slice(1, 2).ToString(), 16);
        if (value < ' ' || value is '/' or '\\' or 127) return true;
        // %25 is a percent sign; with two hex digits after it somebody hopes for a second decoding.
        return value == '%' && at.Length >= 5 && char.IsAsciiHexDigit(at[3]) && char.IsAsciiHexDigit(at[4]);
    }

    private static bool IsTrickySegment(ReadOnlySpan<char> segment, bool isLast)
    {
        if (segment.IsEmpty) return !isLast;
        var dots = 0;
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] == '.') dots++;
            else if (segment[i..].StartsWith("%2e", StringComparison.OrdinalIgnoreCase)) (dots, i) = (dots + 1, i + 2);
            else if (segment[i] == ';' || segment[i..].StartsWith("%3b", StringComparison.OrdinalIgnoreCase)) return dots is 1 or 2 || i == 0;
            else return false;
        }
        return dots is 1 or 2;
    }
}
