using System.Collections.Concurrent;
using System.Collections.Frozen;
using Dapper;
using Npgsql;

namespace Rialto.Logs.Search;

/// <summary>An organization's applications: people write names, the table has numbers.</summary>
internal sealed record ApplicationNames(FrozenDictionary<string, uint> Numbers, FrozenDictionary<uint, string> Names)
{
    public static ApplicationNames Of(IEnumerable<(int Number, string Name)> applications)
    {
        var all = applications.ToList();
        return new(
            all.ToFrozenDictionary(application => application.Name, application => (uint)application.Number, StringComparer.Ordinal),
            all.ToFrozenDictionary(application => (uint)application.Number, application => application.Name));
    }

    /// <summary>An application that was deleted keeps its records; they show its number.</summary>
    public string NameOf(uint number) => Names.TryGetValue(number, out var name) ? name : $"#{number}";
}

/// <summary>
/// Knows every organization's applications. An answer is at most <see cref="FreshSeconds"/> old; while PostgreSQL is down the last one stays.
/// </summary>
internal sealed class ApplicationDirectory(Func<uint, CancellationToken, Task<ApplicationNames>> read, TimeProvider clock)
{
    private const int FreshSeconds = 5;

    private readonly ConcurrentDictionary<uint, (ApplicationNames Names, long At)> _known = new();

    public async ValueTask<ApplicationNames> OfAsync(uint organization, CancellationToken cancel)
    {
        var isKnown = _known.TryGetValue(organization, out var known);
        if (isKnown && clock.GetElapsedTime(known.At).TotalSeconds < FreshSeconds)
            return known.Names;
        try
        {
            var names = await read(organization, cancel);
            _known[organization] = (names, clock.GetTimestamp());
            return names;
        }
        catch (NpgsqlException) when (isKnown)
        {
            return known.Names;
        }
    }

    /// <summary>Reads the tables of Identity.</summary>
    public static async Task<ApplicationNames> ReadAsync(NpgsqlDataSource postgres, uint organization, CancellationToken cancel)
    {
        const string sql = """
            SELECT application.number, application.name
            FROM identity.application
            JOIN identity.organization ON organization.id = application.organization_id
            WHERE organization.number = @organization
            """;
        await using var connection = await postgres.OpenConnectionAsync(cancel);
        var rows = await connection.QueryAsync<(int Number, string Name)>(new CommandDefinition(sql, new { organization = (int)organization }, cancellationToken: cancel));
        return ApplicationNames.Of(rows);
    }
}
