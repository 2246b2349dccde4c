using Dapper;
using Npgsql;

namespace Rialto.Logs.Applications;

/// <summary>Finds an application by name, the demo's own first: for records that come without a key.</summary>
/// <param name="Organization">Number of its organization.</param>
/// <param name="Number">Its own number.</param>
/// <param name="Name">Its name.</param>
internal sealed record DemoApplication(uint Organization, uint Number, string Name)
{
    /// <summary>The application whose records the demo shows.</summary>
    public const string Shop = "shop";

    /// <summary>Rialto's own records.</summary>
    public const string Own = "rialto";

    public static async Task<DemoApplication?> FindAsync(NpgsqlConnection connection, string name = Shop)
    {
        var found = await connection.QueryFirstOrDefaultAsync<(int Organization, int Number)>(
            """
            SELECT o.number AS organization, a.number AS number
              FROM identity.application a JOIN identity.organization o ON o.id = a.organization_id
             WHERE a.name = @name
             ORDER BY o.number
             LIMIT 1
            """,
            new { name });
        return found.Number == 0 ? null : new DemoApplication((uint)found.Organization, (uint)found.Number, name);
    }
}
