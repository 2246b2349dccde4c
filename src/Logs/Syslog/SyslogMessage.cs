using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Rialto.Logs.Ingest;
using Rialto.Logs.Protocols;
using Rialto.Logs.Records;

namespace Rialto.Logs.Syslog;

/// <summary>
/// One syslog message as a record: RFC 5424, RFC 3164, and what devices make of the latter (ISO times, no host, no priority).
/// Nobody reads an answer here, so nothing is refused: what cannot be understood is the record's text.
/// </summary>
internal static class SyslogMessage
{
    /// <summary>Longer messages are cut. RFC 5424 asks receivers for 2 KiB; stack traces need more.</summary>
    public const int BytesMax = 64 * 1024;

    private static readonly string[] Facilities =
    [
        "kern", "user", "mail", "daemon", "auth", "syslog", "lpr", "news", "uucp", "cron", "authpriv", "ftp", "ntp", "audit", "alert", "clock",
        "local0", "local1", "local2", "local3", "local4", "local5", "local6", "local7",
    ];

    private static readonly byte[][] FacilityNames = [.. Facilities.Select(Encoding.ASCII.GetBytes)];

    public static void Take(ReadOnlySpan<byte> message, Intake intake)
    {
        message = message.TrimEnd("\r\n\0 "u8);
        if (message.IsEmpty)
            return;
        var row = intake.Begin();
        var rest = message;
        if (message.Length > BytesMax)
        {
            rest = message[..BytesMax];
            row.AddAttribute("syslog.truncated"u8, "true"u8);
        }

        if (TryPriority(ref rest, out var priority))
        {
            row.SeverityNumber = SeverityText.OfSyslog(priority & 7);
            if (priority >> 3 < FacilityNames.Length)
                row.AddAttribute("syslog.facility"u8, FacilityNames[priority >> 3]);
            if (rest.StartsWith("1 "u8))
                Take5424(rest[2..], intake, row);
            else
                Take3164(rest, intake, row);
        }

        if (!row.HasBody)
            SetBody(row, rest);
        intake.Accept(message.Length);
    }

    private static bool TryPriority(ref ReadOnlySpan<byte> rest, out int priority)
    {
        priority = 0;
        if (rest.Length < 3 || rest[0] != '<')
            return false;
        var end = rest[..Math.Min(5, rest.Length)].IndexOf((byte)'>');
        if (end < 2 || !Utf8Parser.TryParse(rest[1..end], out priority, out var used) || used != end - 1 || priority is < 0 or > 191)
            return false;
        rest = rest[(end + 1)..];
        return true;
    }

    /// <summary>TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA [MSG]; a hyphen stands for nothing.</summary>
    private static void Take5424(ReadOnlySpan<byte> rest, Intake intake, RecordBatch row)
    {
        SetTime(intake, row, Word(ref rest));
        SetHost(row, Word(ref rest));
        SetService(row, Word(ref rest));
        Add(row, "process.pid"u8, Word(ref rest));
        Add(row, "syslog.msgid"u8, Word(ref rest));
        TakeStructuredData(ref rest, row);
        rest = rest.TrimStart((byte)' ');
        SetBody(row, rest.StartsWith("\uFEFF"u8) ? rest[3..] : rest);
    }

    /// <summary>Mmm dd hh:mm:ss HOSTNAME TAG[PID]: MSG, or the same with an ISO time.</summary>
    private static void Take3164(ReadOnlySpan<byte> rest, Intake intake, RecordBatch row)
    {
        if (TryOldTime(rest, intake.NowNanos, out var nanos))
        {
            intake.SetTime(row, nanos, rest[..15]);
            rest = rest[15..].TrimStart((byte)' ');
        }
        else
        {
            var after = rest;
            var word = Word(ref after);
            if (word.Length < 10 || !TimeText.TryParse(word, out nanos))
            {
                SetTagAndBody(row, rest);
                return;
            }

            intake.SetTime(row, nanos, word);
            rest = after;
        }

        // A word that ends in a colon is a tag already: the sender left its name out.
        var host = rest;
        var name = Word(ref host);
        if (!name.IsEmpty && name[^1] != ':' && !name.Contains((byte)'['))
        {
            SetHost(row, name);
            rest = host;
        }

        SetTagAndBody(row, rest);
    }

    private static void SetTagAndBody(RecordBatch row, ReadOnlySpan<byte> rest)
    {
        var length = 0;
        while (length < rest.Length && length < 48 && (char.IsAsciiLetterOrDigit((char)rest[length]) || "-_./@"u8.Contains(rest[length])))
            length++;
        var tag = rest[..length];
        var after = rest[length..];
        if (after.Length > 0 && after[0] == '[' && after.IndexOf((byte)']') is > 1 and < 20 and var end)
        {
            Add(row, "process.pid"u8, after[1..end]);
            after = after[(end + 1)..];
        }

        if (tag.IsEmpty || after.IsEmpty || after[0] != ':')
        {
            SetBody(row, rest);
            return;
        }

        SetService(row, tag);
        SetBody(row, after[1..].TrimStart((byte)' '));
    }

    private static void TakeStructuredData(ref ReadOnlySpan<byte> rest, RecordBatch row)
    {
        if (rest.StartsWith("-"u8))
        {
            rest = rest[1..];
            return;
        }

        while (rest.StartsWith("["u8))
        {
            rest = rest[1..];
            var idEnd = rest.IndexOfAny((byte)' ', (byte)']');
            if (idEnd < 0)
                return;
            var id = rest[..idEnd];
            rest = rest[idEnd..];
            while (rest.StartsWith(" "u8) && TryParameter(ref rest, id, row))
            {
            }

            if (!rest.StartsWith("]"u8))
                return;
            rest = rest[1..];
        }
    }

    private static bool TryParameter(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> id, RecordBatch row)
    {
        var equals = rest.IndexOf("=\""u8);
        if (equals < 2)
            return false;
        var name = rest[1..equals];
        var value = new ArrayBufferWriter<byte>(64);
        var at = equals + 2;
        for (; at < rest.Length && rest[at] != '"'; at++)
        {
            if (rest[at] == '\\' && at + 1 < rest.Length && rest[at + 1] is (byte)'"' or (byte)'\\' or (byte)']')
                at++;
            value.Write(rest.Slice(at, 1));
        }

        if (at >= rest.Length)
            return false;
        rest = rest[(at + 1)..];
        if (id.Length + 1 + name.Length <= IngestLimits.KeyBytesMax && row.AttributesOfRow < IngestLimits.AttributesMax)
            Add(row, [.. id, (byte)'.', .. name], value.WrittenSpan);
        return true;
    }

    private static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)' ');
        var word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return word;
    }

    private static void SetTime(Intake intake, RecordBatch row, ReadOnlySpan<byte> text)
    {
        if (TimeText.TryParse(text, out var nanos))
            intake.SetTime(row, nanos, text);
    }

    /// <summary>A time without a year and zone: UTC, and the year that brings it nearest to now.</summary>
    private static bool TryOldTime(ReadOnlySpan<byte> text, long nowNanos, out long nanos)
    {
        nanos = 0;
        if (text.Length < 15 || text[3] != ' ' || text[6] != ' ' || text[9] != ':' || text[12] != ':')
            return false;
        var month = "JanFebMarAprMayJunJulAugSepOctNovDec".IndexOf(Encoding.ASCII.GetString(text[..3]), StringComparison.Ordinal);
        if (month < 0 || month % 3 != 0)
            return false;
        var now = DateTimeOffset.UnixEpoch.AddTicks(nowNanos / 100);
        foreach (var year in new[] { now.Year, now.Year - 1, now.Year + 1 })
        {
            var iso = $"{year:0000}-{(month / 3) + 1:00}-{Encoding.ASCII.GetString(text[4..6]).Replace(' ', '0')}T{Encoding.ASCII.GetString(text[7..15])}Z";
            if (TimeText.TryParse(Encoding.ASCII.GetBytes(iso), out nanos) && Math.Abs(nanos - nowNanos) < TimeSpan.FromDays(183).Ticks * 100)
                return true;
        }

        return false;
    }

    private static void SetHost(RecordBatch row, ReadOnlySpan<byte> text)
    {
        if (IsWord(text))
            row.SetHost(text);
    }

    private static void SetService(RecordBatch row, ReadOnlySpan<byte> text)
    {
        if (IsWord(text))
            row.SetService(text);
    }

    private static bool IsWord(ReadOnlySpan<byte> text) => text.Length <= IngestLimits.WordBytesMax && !text.SequenceEqual("-"u8) && Utf8.IsValid(text);

    private static void Add(RecordBatch row, ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && !text.SequenceEqual("-"u8))
            row.AddAttribute(Valid(key), Valid(text));
    }

    private static void SetBody(RecordBatch row, ReadOnlySpan<byte> text) => row.SetBody(Valid(text));

    /// <summary>Old devices send Latin-1 and worse: what is not UTF-8 becomes U+FFFD.</summary>
    private static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> text) => Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
}
