namespace Rialto.Club;

/// <summary>A list that is small by nature: it comes whole.</summary>
internal sealed record Listed<T>(IEnumerable<T> Items);
