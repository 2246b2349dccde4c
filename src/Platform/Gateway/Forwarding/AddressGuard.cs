using System.Net;
using System.Net.Sockets;

namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>
/// Keeps routes, single sign-on and other addresses that a person may configure away from this machine and its cloud's metadata service (server-side
/// request forgery). It looks at the address that is really connected to, after the name was resolved, so a name that changes its mind does not help.
/// </summary>
public sealed class AddressGuard(IReadOnlyList<IPNetwork> allowed)
{
    /// <summary>Never reachable by a configured address unless the operator's setting names a network that contains it.</summary>
    private static readonly IPNetwork[] Denied = new[]
    {
        "0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "192.0.0.0/24",
        "100.100.100.200/32", // Alibaba's metadata service
        "168.63.129.16/32", // Azure's wire server
        "::/128", "::1/128", "fe80::/10", "ff00::/8", "fd00:ec2::/32", "100::/64",
    }.Select(text => IPNetwork.Parse(text)).ToArray();

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <exception cref="FormatException">One of the comma-separated networks cannot be read.</exception>
    public static AddressGuard Allowing(string? networks) => new(
        (networks ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(text => IPNetwork.Parse(text)).ToArray());

    public bool Permits(IPAddress address)
    {
        var real = Unwrapped(address);
        return allowed.Any(network => network.Contains(real)) || !Denied.Any(network => network.Contains(real));
    }

    /// <summary>For <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, stop);
        var permitted = addresses.Where(Permits).ToArray();
        if (permitted.Length == 0) throw new AddressRefusedException(host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(permitted, port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The IPv4 address inside the ways IPv6 has to write one.</summary>
    private static IPAddress Unwrapped(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        if (Nat64.Contains(address)) return new IPAddress(address.GetAddressBytes().AsSpan(12, 4));
        return SixToFour.Contains(address) ? new IPAddress(address.GetAddressBytes().AsSpan(2, 4)) : address;
    }
}

/// <summary>The host's address is one that configured addresses may not reach.</summary>
public sealed class AddressRefusedException(string host)
    : IOException($"{host} is an address of this machine, its link or its cloud's metadata service. An operator can allow its network with RIALTO_UPSTREAM_ALLOW.");
