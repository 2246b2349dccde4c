using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Rialto.Platform.Postgres;

/// <summary>One file <c>NNN_name.sql</c> of an assembly.</summary>
internal sealed record Migration(int Number, string Name, string Sql)
{
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
}

/// <summary>The migrations of one schema, in order, as they are embedded in an assembly.</summary>
internal sealed partial record MigrationSet(string Schema, IReadOnlyList<Migration> Migrations)
{
    /// <summary>The platform's schemas come first: modules may refer to them.</summary>
    public static IReadOnlyList<MigrationSet> Of(IEnumerable<Module> modules) =>
    [
        Embedded("platform", typeof(MigrationSet).Assembly, "Rialto.Platform.Postgres.Schema."),
        Embedded("identity", typeof(MigrationSet).Assembly, "Rialto.Platform.Identity.Schema."),
        Embedded("configuration", typeof(MigrationSet).Assembly, "Rialto.Platform.Configuration.Schema."),
        Embedded("secrets", typeof(MigrationSet).Assembly, "Rialto.Platform.Secrets.Schema."),
        Embedded("audit", typeof(MigrationSet).Assembly, "Rialto.Platform.Audit.Schema."),
        Embedded("gateway", typeof(MigrationSet).Assembly, "Rialto.Platform.Gateway.Schema."),
        Embedded("connectors", typeof(MigrationSet).Assembly, "Rialto.Platform.Connectors.Schema."),
        Embedded("sagas", typeof(MigrationSet).Assembly, "Rialto.Platform.Sagas.Schema."),
        .. modules.Select(module => Embedded(module.Name, module.GetType().Assembly, module.GetType().Namespace + ".Schema.")),
    ];

    public static MigrationSet Embedded(string schema, Assembly assembly, string prefix)
    {
        var migrations = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(prefix, StringComparison.Ordinal)) continue;
            // "Schema.ClickHouse.001_x.sql" is ClickHouse's and does not match.
            if (FileName().Match(resource[prefix.Length..]) is not { Success: true } file) continue;
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            // A checkout with other line ends is not another migration.
            var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            migrations.Add(new Migration(int.Parse(file.Groups[1].Value), file.Groups[2].Value, sql));
        }
        return new MigrationSet(schema, [.. migrations.OrderBy(migration => migration.Number)]).Checked();
    }

    private MigrationSet Checked()
    {
        for (var i = 0; i < Migrations.Count; i++)
        {
            if (Migrations[i].Number != i + 1)
                throw new MigrationException($"Migrations of {Schema} must be numbered 001, 002... without a gap; found {Migrations[i].Number:000}_{Migrations[i].Name} at place {i + 1}.");
        }
        return this;
    }

    [GeneratedRegex(@"^(\d{3})_([a-z0-9_]+)\.sql$")]
    private static partial Regex FileName();
}

/// <summary>The database and this binary do not belong together; nothing was changed.</summary>
public sealed class MigrationException(string message, Exception? cause = null) : Exception(message, cause);
