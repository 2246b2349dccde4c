namespace Rialto.Logs.Records;

/// <summary>
/// One growing column of texts, kept as ClickHouse's Native format writes a <c>String</c> column: the length as a variable-length
/// integer, then the bytes. Encoding the column is one copy of <see cref="Wire"/>.
/// </summary>
internal sealed class TextColumn
{
    private const int LengthBytesMax = 5;

    private readonly Column<int> _ends = new();
    private byte[] _bytes = [];

    public int Count => _ends.Count;

    /// <summary>All texts in wire form.</summary>
    public ReadOnlySpan<byte> Wire => _bytes.AsSpan(0, EndOf(Count));

    public int Capacity => _bytes.Length + (_ends.Capacity * sizeof(int));

    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            var start = EndOf(row);
            while (_bytes[start++] >= 0x80)
            {
                // The length is in the bytes with the high bit and the one after them; its value follows from the ends.
            }

            return _bytes.AsSpan(start, _ends[row] - start);
        }
    }

    /// <summary>The rows <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> in wire form.</summary>
    public ReadOnlySpan<byte> WireOf(int first, int count)
    {
        var start = EndOf(first);
        return _bytes.AsSpan(start, EndOf(first + count) - start);
    }

    public void Add(ReadOnlySpan<byte> text)
    {
        var at = EndOf(Count);
        if (at + LengthBytesMax + text.Length > _bytes.Length)
            Grow(at, LengthBytesMax + text.Length);
        var length = (uint)text.Length;
        while (length >= 0x80)
        {
            _bytes[at++] = (byte)(length | 0x80);
            length >>= 7;
        }

        _bytes[at++] = (byte)length;
        text.CopyTo(_bytes.AsSpan(at));
        _ends.Add(at + text.Length);
    }

    public void Truncate(int count) => _ends.Truncate(count);

    private int EndOf(int row) => row == 0 ? 0 : _ends[row - 1];

    private void Grow(int used, int more)
    {
        var bigger = new byte[Math.Max(used + more, Math.Max(256, _bytes.Length * 2))];
        _bytes.AsSpan(0, used).CopyTo(bigger);
        _bytes = bigger;
    }
}
