using Rialto.Club;
using Rialto.Forecast;
using Rialto.Logs;
using Rialto.Platform;

namespace Rialto.Host;

/// <summary>Every module of the product, in start order. <c>RIALTO_MODULES</c> picks a subset.</summary>
internal static class Modules
{
    public static readonly Module[] All = [new LogsModule(), new ClubModule(), new ForecastModule()];
}
