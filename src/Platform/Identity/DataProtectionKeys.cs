using System.Xml.Linq;
using Dapper;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Rialto.Platform.Identity;

/// <summary>The framework's data-protection keys in PostgreSQL, so that every node reads what another protected.</summary>
internal sealed class DataProtectionKeys(NpgsqlDataSource postgres) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = postgres.OpenConnection();
        return [.. connection.Query<string>("SELECT xml FROM identity.data_protection_key ORDER BY created_at").Select(xml => XElement.Parse(xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = postgres.OpenConnection();
        connection.Execute(
            "INSERT INTO identity.data_protection_key (name, xml) VALUES (@friendlyName, @xml) ON CONFLICT (name) DO UPDATE SET xml = @xml",
            new { friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) });
    }
}
