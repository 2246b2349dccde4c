using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Rialto.Platform.ClickHouse.Native;

/// <summary>
/// Writes blocks of ClickHouse's <c>Native</c> format into one growing buffer: <see cref="Block"/>, then for each column
/// <see cref="Column"/> followed by the writes that its type asks for. An <c>INSERT ... FORMAT Native</c> takes any number of blocks.
/// </summary>
/// <remarks>
/// Values are little-endian, as the format wants and as every machine we run on has them. Not thread-safe. Types and their writes:
/// <list type="bullet">
/// <item><c>UInt*</c>, <c>Int*</c>, <c>Float64</c>, <c>DateTime64</c>, <c>FixedString</c>: <see cref="Values{T}"/> or <see cref="Repeat{T}"/>.</item>
/// <item><c>String</c>: <see cref="Texts"/>.</item>
/// <item><c>LowCardinality(String)</c>: <see cref="LowCardinalityStart"/>, then <see cref="LowCardinality"/>.</item>
/// <item><c>Map(LowCardinality(String), V)</c>: <see cref="LowCardinalityStart"/>, the cumulative ends of the rows as <c>UInt64</c> values,
/// <see cref="LowCardinality"/> for all keys, then the writes of V for all values.</item>
/// </list>
/// </remarks>
public sealed class NativeWriter
{
    /// <summary>The dictionary travels with each block: no dictionary is shared between blocks of a file.</summary>
    private const ulong LowCardinalityVersion = 1;
    private const ulong HasAdditionalKeys = 1 << 9;

    private byte[] _bytes;

    public NativeWriter(int capacity = 64 * 1024) => _bytes = new byte[capacity];

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    /// <summary>The same bytes for a caller that reserved room and fills it last.</summary>
    public Span<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    /// <summary>Forgets what was written and keeps the buffer, unless it has grown beyond <paramref name="keepBytesMax"/>.</summary>
    public void Clear(int keepBytesMax = int.MaxValue)
    {
        if (_bytes.Length > keepBytesMax)
            _bytes = new byte[keepBytesMax];
        Length = 0;
    }

    public void Block(int columns, int rows)
    {
        VarInt((uint)columns);
        VarInt((uint)rows);
    }

    public void Column(string name, string type)
    {
        Text(name);
        Text(type);
    }

    /// <summary>Values of a fixed-size type, as they lie in memory.</summary>
    public void Values<T>(ReadOnlySpan<T> values)
        where T : unmanaged =>
        Bytes(MemoryMarshal.AsBytes(values));

    /// <summary>The same value for <paramref name="rows"/> rows.</summary>
    public void Repeat<T>(T value, int rows)
        where T : unmanaged =>
        Reserve<T>(rows).Fill(value);

    /// <summary>Room for <paramref name="rows"/> values, for the caller to fill at once: any later write may move the buffer.</summary>
    public Span<T> Reserve<T>(int rows)
        where T : unmanaged
    {
        var bytes = rows * Unsafe.SizeOf<T>();
        Grow(bytes);
        var room = MemoryMarshal.Cast<byte, T>(_bytes.AsSpan(Length, bytes));
        Length += bytes;
        return room;
    }

    /// <summary>A part of a <c>String</c> column in wire form: each text after its length as a variable-length integer.</summary>
    public void Texts(ReadOnlySpan<byte> wire) => Bytes(wire);

    /// <summary>The state in front of a column that has a low-cardinality type in it, before the offsets of a map or array.</summary>
    public void LowCardinalityStart() => Repeat(LowCardinalityVersion, 1);

    /// <summary>
    /// The values of a low-cardinality column: the dictionary in wire form and, for each row, the index of its word in it.
    /// </summary>
    public void LowCardinality(ReadOnlySpan<byte> dictionaryWire, int words, ReadOnlySpan<int> indexes)
    {
        // A column without rows has no dictionary either: the reader stops at the state.
        if (indexes.IsEmpty)
            return;

        var width = words <= 1 << 8 ? 0UL : words <= 1 << 16 ? 1UL : 2UL;
        Repeat(width | HasAdditionalKeys, 1);
        Repeat((ulong)words, 1);
        Bytes(dictionaryWire);
        Repeat((ulong)indexes.Length, 1);
        switch (width)
        {
            case 0:
                var bytes = Reserve<byte>(indexes.Length);
                for (var i = 0; i < indexes.Length; i++)
                    bytes[i] = (byte)indexes[i];
                break;
            case 1:
                var shorts = Reserve<ushort>(indexes.Length);
                for (var i = 0; i < indexes.Length; i++)
                    shorts[i] = (ushort)indexes[i];
                break;
            default:
                Values(indexes);
                break;
        }
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Grow(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void VarInt(ulong value)
    {
        Grow(10);
        while (value >= 0x80)
        {
            _bytes[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _bytes[Length++] = (byte)value;
    }

    /// <summary>One text with its length: a name, or a value of a <c>String</c> column that is not kept in wire form.</summary>
    public void Text(string text)
    {
        VarInt((uint)Encoding.UTF8.GetByteCount(text));
        Grow(Encoding.UTF8.GetMaxByteCount(text.Length));
        Length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(Length));
    }

    private void Grow(int more)
    {
        if (Length + more > _bytes.Length)
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(Length + (long)more, _bytes.Length * 2L)));
    }
}
