using System.Buffers.Binary;
using System.Buffers.Text;

namespace Rialto.Logs.Search;

/// <summary>
/// Where the next page begins: behind the record with this time and sequence. It carries the range that the first page resolved, so that
/// <c>now-15m</c> means the same on every page.
/// </summary>
internal readonly record struct SearchCursor(SearchOrder Order, SearchRange Range, long Time, ulong Sequence)
{
    private const byte Version = 1;
    private const int Length = 34;

    /// <summary>No record was given yet, so there is none to be told apart from.</summary>
    public bool IsStart => this == Start(Range, Order);

    /// <summary>Before the first record of a range, in the order.</summary>
    public static SearchCursor Start(SearchRange range, SearchOrder order) =>
        order == SearchOrder.NewestFirst ? new(order, range, range.To - 1, ulong.MaxValue) : new(order, range, range.From, 0);

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        bytes[1] = (byte)Order;
        BinaryPrimitives.WriteInt64BigEndian(bytes[2..], Range.From);
        BinaryPrimitives.WriteInt64BigEndian(bytes[10..], Range.To);
        BinaryPrimitives.WriteInt64BigEndian(bytes[18..], Time);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[26..], Sequence);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryRead(string text, out SearchCursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[Length];
        if (!Base64Url.IsValid(text, out var length) || length != Length || Base64Url.DecodeFromChars(text, bytes) != Length || bytes[0] != Version || bytes[1] > 1)
            return false;
        var range = new SearchRange(BinaryPrimitives.ReadInt64BigEndian(bytes[2..]), BinaryPrimitives.ReadInt64BigEndian(bytes[10..]));
        cursor = new((SearchOrder)bytes[1], range, BinaryPrimitives.ReadInt64BigEndian(bytes[18..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[26..]));
        return range.From < range.To && cursor.Time >= range.From && cursor.Time < range.To;
    }
}

internal enum SearchOrder : byte
{
    NewestFirst,
    OldestFirst,
}
