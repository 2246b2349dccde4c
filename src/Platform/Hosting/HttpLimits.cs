using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Rialto.Platform.Hosting;

/// <summary>What one request may cost before anybody has looked at it.</summary>
internal static class HttpLimits
{
    /// <summary>Endpoints that take more say so; this protects all others.</summary>
    private const long BodyBytesMax = 4 << 20;

    public static void Set(KestrelServerLimits limits, Settings settings)
    {
        limits.MaxRequestBodySize = BodyBytesMax;
        // A browser's headers come in one piece; who drips them keeps a connection busy on purpose.
        limits.RequestHeadersTimeout = settings.HeadersTimeout;
    }
}
