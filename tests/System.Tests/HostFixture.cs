using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;

[assembly: AssemblyFixture(typeof(Rialto.System.Tests.HostFixture))]

namespace Rialto.System.Tests;

/// <summary>One running host with all modules, for the tests that only talk to it.</summary>
public sealed class HostFixture : IAsyncLifetime
{
    private RialtoProcess? _host;

    public RialtoProcess Host => _host ?? throw new InvalidOperationException("It has not started.");

    /// <summary>Where its data is.</summary>
    public string Data { get; } = RialtoProcess.NewDirectory();

    /// <summary>The host's own engine, past the host: to count what is stored.</summary>
    public ClickHouseClient ClickHouse() => Engines.ClickHouse(Data);

    public async ValueTask InitializeAsync() => _host = await RialtoProcess.StartAsync(Data, "--syslog-port", "any", "--upstream-allow", "127.0.0.1/32");

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        Directory.Delete(Data, recursive: true);
    }
}
