using System.Collections.ObjectModel;

namespace Rialto.Platform.ClickHouse;

/// <summary>What a statement is run with beside its text.</summary>
public sealed record QueryOptions
{
    public static readonly QueryOptions None = new();

    /// <summary>
    /// Values of the statement's <c>{name:Type}</c> placeholders. Bound by the server, never put into the text: string, bool, numbers, decimal, Guid,
    /// DateTimeOffset and DateTime (UTC), DateOnly, arrays and lists of these, dictionaries (Map), null (of a Nullable type).
    /// Identifiers bind too: <c>{table:Identifier}</c>.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Any setting of ClickHouse for this statement, such as <c>max_rows_to_read</c> or <c>materialize_skip_indexes_on_insert</c>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>
    /// Token of an insert: the same token twice stores the rows once, in the table and in its materialized views, while the token is within the table's
    /// <c>non_replicated_deduplication_window</c> (or <c>replicated_deduplication_window</c>).
    /// </summary>
    public string? DeduplicationToken { get; init; }

    /// <summary>Id in the server's logs; made when null.</summary>
    public string? QueryId { get; init; }

    /// <summary>How long the statement may run: the server stops it (error 159), and this side a second later, should the server not.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Options with parameters, the common case: <c>QueryOptions.With(("from", from), ("to", to))</c>.</summary>
    public static QueryOptions With(params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var values = new Dictionary<string, object?>(parameters.Length);
        foreach (var (name, value) in parameters)
            values.Add(name, value);
        return new QueryOptions { Parameters = values };
    }
}
