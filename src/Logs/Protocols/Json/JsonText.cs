using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace Rialto.Logs.Protocols.Json;

/// <summary>Turns the raw text of a JSON string, whose escapes the cursor has checked, into UTF-8.</summary>
internal static class JsonText
{
    /// <summary>Writes the text to <paramref name="target"/>, which is at least as long as <paramref name="raw"/>; returns its length.</summary>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> target)
    {
        var length = 0;
        while (true)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
            {
                raw.CopyTo(target[length..]);
                return length + raw.Length;
            }

            raw[..plain].CopyTo(target[length..]);
            length += plain;
            var escape = raw[plain + 1];
            raw = raw[(plain + 2)..];
            if (escape == 'u')
                length += UnescapeRune(ref raw, target[length..]);
            else
                target[length++] = Single(escape);
        }
    }

    /// <summary>The text in an array of its own: for names, which are rarely escaped.</summary>
    public static byte[] Unescaped(ReadOnlySpan<byte> raw)
    {
        var target = new byte[raw.Length];
        return target[..Unescape(raw, target)];
    }

    private static byte Single(byte escape) => escape switch
    {
        (byte)'b' => 8,
        (byte)'t' => 9,
        (byte)'n' => 10,
        (byte)'f' => 12,
        (byte)'r' => 13,
        _ => escape,
    };

    /// <summary>
    /// A pair of surrogates is one character. A lone one is no character at all: JavaScript writes it when it cuts a text inside an emoji,
    /// so it becomes U+FFFD instead of costing the sender his record. (Three bytes fit: the escape had six.)
    /// </summary>
    private static int UnescapeRune(ref ReadOnlySpan<byte> raw, Span<byte> target)
    {
        var first = (char)Hex(raw);
        raw = raw[4..];
        var rune = Rune.ReplacementChar;
        if (char.IsHighSurrogate(first) && raw.StartsWith("\\u"u8) && char.IsLowSurrogate((char)Hex(raw[2..])))
        {
            rune = new Rune(first, (char)Hex(raw[2..]));
            raw = raw[6..];
        }
        else if (!char.IsSurrogate(first))
        {
            rune = new Rune(first);
        }

        return rune.EncodeToUtf8(target);
    }

    private static ushort Hex(ReadOnlySpan<byte> raw)
    {
        var parsed = Utf8Parser.TryParse(raw[..4], out ushort value, out var used, 'x');
        Debug.Assert(parsed && used == 4, "The cursor checks escapes.");
        return value;
    }
}
