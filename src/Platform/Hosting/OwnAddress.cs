using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Rialto.Platform.Hosting;

/// <summary>Under which address this process is reached. Known when the server listens: ask when it is needed, not at start.</summary>
public sealed class OwnAddress(Settings settings, IServer server)
{
    /// <summary>The port that the server listens on, also when it was free to choose.</summary>
    public int Port => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } bound
        ? new Uri(bound.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal)).Port
        : settings.Port;

    /// <summary>For whoever sits at this machine, without a slash at its end.</summary>
    public string Here => $"http://{(settings.Bind.Equals(IPAddress.Any) || settings.Bind.Equals(IPAddress.IPv6Any) || IPAddress.IsLoopback(settings.Bind) ? "localhost" : settings.Bind.ToString())}:{Port}";

    /// <summary>For people, without a slash at its end: RIALTO_PUBLIC_URL, or this machine's own.</summary>
    public string Public => settings.PublicUrl?.AbsoluteUri.TrimEnd('/') ?? Here;
}
