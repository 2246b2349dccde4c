using Rialto.Logs.Query;
using Rialto.Platform.Identity;

namespace Rialto.Logs.Search;

/// <summary>What a caller may see: his organization's records, and for an application's key only that application's.</summary>
internal readonly record struct SearchScope(uint Organization, uint? Application)
{
    public static SearchScope Of(Caller caller) => new(caller.Organization, caller.Application);
}

/// <summary>
/// A condition within a scope, as SQL. The scope always comes first and comes from the caller only: no query can widen it.
/// </summary>
internal sealed class RecordFilter
{
    private readonly Dictionary<string, object?> _parameters;

    public RecordFilter(SearchScope scope, Condition condition)
    {
        Condition = condition;
        var sql = new ConditionSql();
        var conditionSql = sql.Write(condition);
        _parameters = new(sql.Parameters) { ["tenant"] = scope.Organization };
        Sql = "TenantId = {tenant:UInt32}";
        if (scope.Application is { } application)
        {
            Sql += " AND AppId = {application:UInt32}";
            _parameters.Add("application", application);
        }

        if (condition is not Always { Value: true })
            Sql += $" AND {conditionSql}";
    }

    public Condition Condition { get; }

    public string Sql { get; }

    /// <summary>The parameters of <see cref="Sql"/> and some more.</summary>
    public Dictionary<string, object?> With(params ReadOnlySpan<(string Name, object? Value)> more)
    {
        var parameters = new Dictionary<string, object?>(_parameters);
        foreach (var (name, value) in more)
            parameters.Add(name, value);
        return parameters;
    }
}
