using System.Buffers.Binary;

namespace Rialto.Logs.Search;

/// <summary>Reads ClickHouse's RowBinary from a buffer that holds the whole result.</summary>
internal ref struct RowReader(ReadOnlySpan<byte> rows)
{
    private ReadOnlySpan<byte> _rest = rows;

    public readonly bool AtEnd => _rest.IsEmpty;

    public byte UInt8() => Bytes(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(8));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(8));

    public double Float64() => BinaryPrimitives.ReadDoubleLittleEndian(Bytes(8));

    public ReadOnlySpan<byte> Text() => Bytes(Length());

    public ReadOnlySpan<byte> Bytes(int count)
    {
        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>Length of a text, or number of pairs of a map.</summary>
    public int Length()
    {
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = UInt8();
            length |= (b & 0x7F) << shift;
            if (b < 0x80)
                return length;
        }
    }
}
