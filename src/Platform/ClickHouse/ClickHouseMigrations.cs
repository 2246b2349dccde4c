using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace Rialto.Platform.ClickHouse;

/// <summary>A migration cannot be applied; the message says which and why, for the operator.</summary>
public sealed class ClickHouseMigrationException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Brings a database's tables to what the modules need: the embedded files <c>Schema/ClickHouse/NNN_name.sql</c> of each module, in order, each once.
/// What has been applied stands, statement by statement, in the table <c>migrations</c> with the checksum of its file; a file that was changed after that is an
/// error. Any number of nodes may run this at the same time, and again after a crash in the middle.
/// </summary>
public sealed partial class ClickHouseMigrations(ClickHouseClient client, ClickHouseSchema schema)
{
    private const int TableAlreadyExists = 57;

    /// <summary>A module's files; the number orders them.</summary>
    internal sealed record Migration(uint Number, string Name, string Sql)
    {
        public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql.ReplaceLineEndings("\n"))));
    }

    internal sealed record Applied(uint Number, uint Statement, string Checksum);

    /// <summary>Creates the client's database when it is missing and applies what the module's assembly has and the database has not.</summary>
    /// <exception cref="ClickHouseMigrationException">A changed or failing file.</exception>
    public Task ApplyAsync(string module, Assembly assembly, CancellationToken stop = default) => ApplyAsync(module, FilesOf(assembly), stop);

    internal async Task ApplyAsync(string module, IReadOnlyList<Migration> migrations, CancellationToken stop)
    {
        if (migrations.Count == 0)
            return;
        using (var server = client.WithDatabase("default"))
            await server.ExecuteAsync(schema.CreateDatabase, QueryOptions.With(("database", client.Endpoint.Database)), stop);
        await using var migrationLock = await MigrationLock.TakeAsync(client, MigrationLock.Times.Default, stop);
        foreach (var statement in schema.Statements(TableSql))
            await client.ExecuteAsync(statement, cancel: stop);
        var applied = new List<Applied>();
        await foreach (var row in client.ReadJsonAsync("SELECT Number, Statement, Checksum FROM migrations WHERE Module = {module:String} ORDER BY Number, Statement", MigrationJson.Default.Applied, QueryOptions.With(("module", module)), stop))
            applied.Add(row);
        foreach (var migration in migrations)
            await ApplyAsync(module, migration, [.. applied.Where(row => row.Number == migration.Number)], stop);
    }

    internal static IReadOnlyList<Migration> FilesOf(Assembly assembly)
    {
        const string Folder = ".Schema.ClickHouse.";
        var migrations = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            var at = resource.IndexOf(Folder, StringComparison.Ordinal);
            if (at < 0)
                continue;
            var file = resource[(at + Folder.Length)..];
            if (!uint.TryParse(file.Split('_')[0], out var number))
                throw new ClickHouseMigrationException($"{file} of {assembly.GetName().Name} does not begin with a number");
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            migrations.Add(new Migration(number, file, reader.ReadToEnd()));
        }

        if (migrations.GroupBy(migration => migration.Number).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ClickHouseMigrationException($"{string.Join(" and ", twice.Select(migration => migration.Name))} of {assembly.GetName().Name} have the same number");
        return [.. migrations.OrderBy(migration => migration.Number)];
    }

    private async Task ApplyAsync(string module, Migration migration, List<Applied> applied, CancellationToken stop)
    {
        if (applied.Any(row => row.Checksum != migration.Checksum))
            throw new ClickHouseMigrationException($"{migration.Name} of module {module} was changed after it had been applied. Restore it, and put the change into a new file.");
        var statements = schema.Statements(migration.Sql);
        for (var i = applied.Count; i < statements.Count; i++)
        {
            try
            {
                await client.ExecuteAsync(statements[i], cancel: stop);
            }
            catch (ClickHouseException exists) when (exists.Code == TableAlreadyExists && i == applied.Count)
            {
                // The first statement that is not recorded may have run before a crash; no later one can have.
            }
            catch (ClickHouseException failure)
            {
                throw new ClickHouseMigrationException($"Statement {i + 1} of {migration.Name} of module {module} failed: {failure.Message}", failure);
            }

            var row = QueryOptions.With(("module", module), ("number", migration.Number), ("statement", i), ("name", migration.Name), ("checksum", migration.Checksum));
            await client.ExecuteAsync("INSERT INTO migrations (Module, Number, Statement, Name, Checksum) SELECT {module:String}, {number:UInt32}, {statement:UInt32}, {name:String}, {checksum:String}", row, stop);
        }
    }

    private const string TableSql =
        """
        CREATE TABLE IF NOT EXISTS migrations
        (
            Module    LowCardinality(String),
            Number    UInt32,
            Statement UInt32,
            Name      String,
            Checksum  String,
            AppliedAt DateTime64(3, 'UTC') DEFAULT now64(3)
        )
        ENGINE = MergeTree ORDER BY (Module, Number, Statement)
        """;

    [JsonSerializable(typeof(Applied))]
    private sealed partial class MigrationJson : JsonSerializerContext;
}
