using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Rialto.Logs.Records;

/// <summary>
/// The distinct texts of one low-cardinality column (or of the attribute keys) of a batch, with dense ids in order of first use.
/// Id 0 is always the empty text.
/// </summary>
internal sealed class Vocabulary
{
    /// <summary>Per process, so that a sender cannot prepare texts that collide.</summary>
    private static readonly ulong Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) | 1;

    private readonly TextColumn _texts = new();
    private readonly Column<uint> _hashes = new();
    private int[] _slots = new int[64];

    public Vocabulary() => Clear();

    public int Count => _texts.Count;

    public ReadOnlySpan<byte> this[int id] => _texts[id];

    public int Capacity => _texts.Capacity + ((_slots.Length + _hashes.Capacity) * sizeof(int));

    /// <summary>All texts in order of their ids, as the Native format writes a dictionary.</summary>
    public ReadOnlySpan<byte> Wire => _texts.Wire;

    /// <summary>The id of the text, or -1 when the batch does not have it.</summary>
    public int Find(ReadOnlySpan<byte> text) => _slots[SlotOf(text, Hash(text))] - 1;

    /// <summary>The id of the text, which is added when it is new.</summary>
    public int IdOf(ReadOnlySpan<byte> text)
    {
        var hash = Hash(text);
        var slot = SlotOf(text, hash);
        if (_slots[slot] != 0)
            return _slots[slot] - 1;

        _texts.Add(text);
        _hashes.Add(hash);
        _slots[slot] = Count;
        if (Count * 2 > _slots.Length)
            Rehash(_slots.Length * 2);
        return Count - 1;
    }

    public void Clear()
    {
        _texts.Truncate(0);
        _hashes.Truncate(0);
        Array.Clear(_slots);
        IdOf([]);
    }

    private int SlotOf(ReadOnlySpan<byte> text, uint hash)
    {
        var mask = _slots.Length - 1;
        var slot = (int)hash & mask;
        while (_slots[slot] != 0)
        {
            var id = _slots[slot] - 1;
            if (_hashes[id] == hash && _texts[id].SequenceEqual(text))
                return slot;
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Rehash(int size)
    {
        _slots = new int[size];
        for (var id = 0; id < Count; id++)
        {
            var slot = (int)_hashes[id] & (size - 1);
            while (_slots[slot] != 0)
                slot = (slot + 1) & (size - 1);
            _slots[slot] = id + 1;
        }
    }

    private static uint Hash(ReadOnlySpan<byte> text)
    {
        var hash = Seed ^ (ulong)text.Length;
        while (text.Length >= 8)
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(text));
            text = text[8..];
        }

        if (text.Length >= 4)
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt32LittleEndian(text));
            text = text[4..];
        }

        foreach (var b in text)
            hash = (hash ^ b) * 0x9E3779B97F4A7C15;
        return (uint)(Mix(hash, Seed) >> 16);
    }

    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a ^ 0x9E3779B97F4A7C15, b ^ 0xD6E8FEB86659FD93, out var low);
        return high ^ low;
    }
}
