using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Rialto.Bench.Load.Target;

/// <summary>Keys of the demo's application as the administration would make them, thousands in one statement.</summary>
internal static class ManyKeys
{
    /// <param name="host">One that was started here: the keys are written straight into its database.</param>
    /// <param name="count">How many.</param>
    /// <param name="permission">The only one they have.</param>
    /// <param name="plan">Name of a usage plan that is there already; null = none.</param>
    public static async Task<string[]> MakeAsync(HostUnderTest host, int count, string permission, string? plan = null)
    {
        var keys = Enumerable.Range(0, count).Select(i => $"rk_load{i:D8}_{RandomNumberGenerator.GetHexString(40)}").ToArray();
        await using var postgres = new NpgsqlConnection(host.PostgresConnection);
        await postgres.OpenAsync();
        await using var insert = new NpgsqlCommand(
            """
            INSERT INTO identity.api_key (id, secret_hash, application_id, name, permissions, plan)
            SELECT k.id, k.hash, a.id, 'load', ARRAY[@permission], @plan
              FROM unnest(@ids, @hashes) AS k (id, hash), (SELECT id FROM identity.application WHERE name = 'shop' LIMIT 1) AS a
            """,
            postgres);
        insert.Parameters.AddWithValue("permission", permission);
        insert.Parameters.Add(new NpgsqlParameter<string?>("plan", plan));
        insert.Parameters.AddWithValue("ids", keys.Select(key => key.Split('_')[1]).ToArray());
        insert.Parameters.AddWithValue("hashes", keys.Select(key => SHA256.HashData(Encoding.ASCII.GetBytes(key))).ToArray());
        await insert.ExecuteNonQueryAsync();
        return keys;
    }
}
