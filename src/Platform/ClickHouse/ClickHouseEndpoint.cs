using System.Net;

namespace Rialto.Platform.ClickHouse;

/// <summary>Where ClickHouse's HTTP interface is: the unix socket of the child process, or a server's address.</summary>
public sealed record ClickHouseEndpoint
{
    /// <summary>Scheme, host and port; of a socket's endpoint a name that appears nowhere.</summary>
    public required Uri Address { get; init; }

    /// <summary>Path of the unix socket, null for TCP.</summary>
    public string? Socket { get; init; }

    /// <summary>Database of unqualified names.</summary>
    public string Database { get; init; } = "default";

    public string? User { get; init; }

    public string? Password { get; init; }

    public static ClickHouseEndpoint OfSocket(string path, string database = "default") =>
        new() { Address = new Uri("http://clickhouse/"), Socket = path, Database = database };

    /// <summary>Reads <c>http(s)://user:password@host:port/database</c>; user, password, port (8123, 8443) and database may be missing.</summary>
    /// <exception cref="FormatException">Says what is wrong, without the password.</exception>
    public static ClickHouseEndpoint Parse(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? Of(uri) : throw new FormatException("The ClickHouse address is not of the form http(s)://user:password@host:port/database");

    /// <inheritdoc cref="Parse"/>
    public static ClickHouseEndpoint Of(Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps)
            throw new FormatException($"The ClickHouse address begins with http:// or https://, not {address.Scheme}://");
        var names = address.UserInfo.Split(':', 2);
        var database = WebUtility.UrlDecode(address.AbsolutePath.Trim('/'));
        var port = address.IsDefaultPort ? (address.Scheme == Uri.UriSchemeHttps ? 8443 : 8123) : address.Port;
        return new ClickHouseEndpoint
        {
            Address = new UriBuilder(address.Scheme, address.Host, port).Uri,
            Database = database.Length > 0 ? database : "default",
            User = names[0].Length > 0 ? Uri.UnescapeDataString(names[0]) : null,
            Password = names.Length > 1 ? Uri.UnescapeDataString(names[1]) : null,
        };
    }

    /// <summary>The address without the password.</summary>
    public override string ToString() => Socket is null ? $"{Address}{Database}" : $"{Socket} {Database}";
}
