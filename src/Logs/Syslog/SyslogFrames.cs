using Rialto.Logs.Ingest;

namespace Rialto.Logs.Syslog;

/// <summary>
/// Syslog messages on a stream (RFC 6587): a number of bytes in front of each, or each ended by a line feed or a zero byte.
/// Which of the two is seen anew at every message, because that is what a receiver can rely on.
/// </summary>
internal sealed class SyslogFrames : ISliceDecoder
{
    /// <summary>Digits of a count; more are text.</summary>
    private const int CountDigitsMax = 9;

    private long _toSkip;
    private bool _isSkippingLine;

    public int Decode(ReadOnlySpan<byte> slice, bool final, Intake intake)
    {
        var position = 0;
        while (position < slice.Length && !intake.IsFull)
        {
            var rest = slice[position..];
            var taken = _toSkip > 0 ? SkipBytes(rest)
                : _isSkippingLine ? SkipLine(rest)
                : TryCount(rest, final, out var start, out var count) ? TakeCounted(rest, start, count, final, intake)
                : TakeLine(rest, final, intake);
            if (taken == 0)
                break;
            position += taken;
        }

        return position;
    }

    private int SkipBytes(ReadOnlySpan<byte> rest)
    {
        var skipped = (int)Math.Min(_toSkip, rest.Length);
        _toSkip -= skipped;
        return skipped;
    }

    private int SkipLine(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAny((byte)'\n', (byte)0);
        _isSkippingLine = end < 0;
        return end < 0 ? rest.Length : end + 1;
    }

    /// <summary>Whether a count stands here: digits, a blank, and then the angle bracket that begins every message.</summary>
    private static bool TryCount(ReadOnlySpan<byte> rest, bool final, out int start, out int count)
    {
        start = count = 0;
        while (start < rest.Length && start < CountDigitsMax && (uint)(rest[start] - '0') <= 9)
            count = (count * 10) + (rest[start++] - '0');
        if (start == 0 || rest[0] == '0')
            return false;
        if (start + 1 >= rest.Length)
            return !final;
        return rest[start++] == ' ' && rest[start] == '<';
    }

    private int TakeCounted(ReadOnlySpan<byte> rest, int start, int count, bool final, Intake intake)
    {
        if (start >= rest.Length)
            return 0;
        var message = rest[start..];
        if (message.Length >= count)
        {
            SyslogMessage.Take(message[..count], intake);
            return start + count;
        }

        if (!final && message.Length <= SyslogMessage.BytesMax)
            return 0;
        // Enough has come to fill a record, or no more will come.
        SyslogMessage.Take(message, intake);
        _toSkip = count - message.Length;
        return rest.Length;
    }

    private int TakeLine(ReadOnlySpan<byte> rest, bool final, Intake intake)
    {
        var end = rest.IndexOfAny((byte)'\n', (byte)0);
        if (end < 0 && !final && rest.Length <= SyslogMessage.BytesMax)
            return 0;
        SyslogMessage.Take(end < 0 ? rest : rest[..end], intake);
        _isSkippingLine = end < 0;
        return end < 0 ? rest.Length : end + 1;
    }
}
