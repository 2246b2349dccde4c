using System.Buffers.Text;

namespace Rialto.Platform.Identity.Administration;

/// <param name="Items">Newest first.</param>
/// <param name="NextCursor">Give it as <c>cursor</c> to go on; null at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>From one row more than was asked for: the extra row only says that there is more.</summary>
    public static Page<T> Of(IReadOnlyList<T> rows, int limit, Func<T, Guid> id) =>
        rows.Count > limit ? new(rows.Take(limit).ToArray(), Cursor.Write(id(rows[limit - 1]))) : new(rows, null);
}

/// <summary>Ids sort by the time of their making, so the last id of a page is where the next one begins.</summary>
internal static class Cursor
{
    public const int LimitMax = 200;
    private const int LimitDefault = 50;

    public static int Limit(int? asked) => Math.Clamp(asked ?? LimitDefault, 1, LimitMax);

    public static string Write(Guid id) => Base64Url.EncodeToString(id.ToByteArray(bigEndian: true));

    /// <summary>Null when there is none, or when it is none of ours: then the list begins anew.</summary>
    public static Guid? Read(string? cursor)
    {
        Span<byte> bytes = stackalloc byte[16];
        return cursor is { Length: 22 } && Base64Url.TryDecodeFromChars(cursor, bytes, out var length) && length == 16 ? new Guid(bytes, bigEndian: true) : null;
    }
}
