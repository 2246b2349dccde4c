using System.Text;
using System.Text.RegularExpressions;

namespace Rialto.Platform.ClickHouse;

/// <summary>
/// How a module's SQL becomes the tables of this installation. The files say plain <c>ENGINE = MergeTree</c> (or Aggregating..., Replacing...): that is what a
/// single server has. On a cluster each becomes its <c>Replicated...</c> form within a database whose engine replicates the statements themselves.
/// </summary>
public sealed partial record ClickHouseSchema
{
    public static readonly ClickHouseSchema Plain = new();

    public static readonly ClickHouseSchema Replicated = new() { IsReplicated = true };

    /// <summary>Whether tables are replicated; the server's <c>{shard}</c> and <c>{replica}</c> macros say which copy it holds.</summary>
    public bool IsReplicated { get; private init; }

    internal string CreateDatabase =>
        IsReplicated
            ? "CREATE DATABASE IF NOT EXISTS {database:Identifier} ENGINE = Replicated('/clickhouse/databases/{database}', '{shard}', '{replica}')"
            : "CREATE DATABASE IF NOT EXISTS {database:Identifier}";

    /// <summary>The statements of a file, ready to run. A semicolon ends one, except within quotes and comments.</summary>
    internal IReadOnlyList<string> Statements(string sql)
    {
        var statements = new List<string>();
        var current = new StringBuilder();
        foreach (Match piece in Piece().Matches(sql))
        {
            if (piece.Value != ";")
            {
                current.Append(IsReplicated && piece.Groups["engine"].Success ? piece.Value.Insert(piece.Groups["engine"].Index - piece.Index, "Replicated") : piece.Value);
                continue;
            }

            Add();
        }

        Add();
        return statements;

        void Add()
        {
            var text = current.ToString().Trim();
            if (Comment().Replace(text, "").Trim().Length > 0)
                statements.Add(text);
            current.Clear();
        }
    }

    [GeneratedRegex(@"'(?:\\.|''|[^'\\])*'|""(?:\\.|[^""\\])*""|`(?:\\.|[^`\\])*`|--[^\n]*|/\*.*?\*/|\bENGINE\s*=\s*(?<engine>(?!Replicated|Shared)\w*MergeTree)\b|;|.", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Piece();

    [GeneratedRegex(@"--[^\n]*|/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();
}
