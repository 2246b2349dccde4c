using System.Buffers.Binary;

namespace Rialto.Logs.Protocols.Otlp;

/// <summary>How a field of a protobuf message is encoded.</summary>
internal enum WireType
{
    VarInt = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}

/// <summary>
/// Reads the fields of one protobuf message. <see cref="IsBroken"/> tells the end of the message from a message that cannot be read further;
/// nothing throws, because a broken message is the sender's doing.
/// </summary>
internal ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    public bool IsBroken { get; private set; }

    /// <summary>Number of the field that <see cref="TryNext"/> found.</summary>
    public int Field { get; private set; }

    public WireType Type { get; private set; }

    /// <summary>Value of a <see cref="WireType.VarInt"/>, <see cref="WireType.Fixed64"/> or <see cref="WireType.Fixed32"/> field.</summary>
    public ulong Number { get; private set; }

    /// <summary>Value of a <see cref="WireType.Bytes"/> field.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Moves to the next field; false at the end or when the message is broken.</summary>
    public bool TryNext()
    {
        if (_rest.IsEmpty)
            return false;
        if (!TryVarInt(out var tag) || tag >> 3 is 0 or > int.MaxValue)
            return Break();
        Field = (int)(tag >> 3);
        Type = (WireType)(tag & 7);
        switch (Type)
        {
            case WireType.VarInt:
                if (!TryVarInt(out var number))
                    return Break();
                Number = number;
                return true;
            case WireType.Fixed64 when _rest.Length >= 8:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
                _rest = _rest[8..];
                return true;
            case WireType.Fixed32 when _rest.Length >= 4:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(_rest);
                _rest = _rest[4..];
                return true;
            case WireType.Bytes:
                if (!TryVarInt(out var length) || length > (ulong)_rest.Length)
                    return Break();
                Bytes = _rest[..(int)length];
                _rest = _rest[(int)length..];
                return true;
            default:
                // Groups were gone before OpenTelemetry began.
                return Break();
        }
    }

    /// <summary>Whether the field found is this one, in this encoding. A known field in another encoding is skipped like an unknown one.</summary>
    public readonly bool Is(int field, WireType type) => Field == field && Type == type;

    private bool TryVarInt(out ulong value)
    {
        value = 0;
        for (var i = 0; i < _rest.Length && i < 10; i++)
        {
            var next = _rest[i];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool Break()
    {
        IsBroken = true;
        _rest = default;
        return false;
    }
}
