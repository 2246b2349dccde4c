using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Rialto.Bench.Load.Work;

/// <summary>Text written into memory piece by piece. A reference type of the stack: pass it by reference.</summary>
internal ref struct Utf8Text(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    public int Length { get; private set; }

    public void Add(string text) => Length += Encoding.UTF8.GetBytes(text, _target[Length..]);

    public void Add(scoped ReadOnlySpan<byte> text)
    {
        text.CopyTo(_target[Length..]);
        Length += text.Length;
    }

    public void Add(ulong number)
    {
        Utf8Formatter.TryFormat(number, _target[Length..], out var written);
        Length += written;
    }

    public void Add(ulong number, int digits)
    {
        Utf8Formatter.TryFormat(number, _target[Length..], out var written, new('D', (byte)digits));
        Length += written;
    }

    public void AddHex(ulong number, int digits)
    {
        for (var shift = (digits - 1) * 4; shift >= 0; shift -= 4)
            _target[Length++] = "0123456789abcdef"u8[(int)(number >> shift) & 15];
    }

    /// <summary>ISO 8601 in UTC with nine decimals.</summary>
    public void AddTime(long nanos)
    {
        var time = DateTimeOffset.UnixEpoch.AddTicks(nanos / 100);
        time.TryFormat(_target[Length..], out var written, "yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture);
        Length += written;
        Add((ulong)(nanos % 100), 2);
        Add("Z"u8);
    }
}
