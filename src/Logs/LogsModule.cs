using Rialto.Platform;

namespace Rialto.Logs;

/// <summary>Records of the group's products: ingest, live tail, search.</summary>
public sealed class LogsModule : Module
{
    public override string Name => "logs";
}
