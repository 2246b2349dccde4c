using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Rialto.Fixtures;
using Rialto.Platform.Configuration;
using Rialto.Platform.Connectors;
using Rialto.Platform.Postgres;
using Rialto.Platform.Secrets;
using Rialto.Simulators.Machinery;
using Rialto.Simulators.SevenRooms;
using Rialto.Simulators.Stripe;

namespace Rialto.Platform.Tests.Connectors;

/// <summary>Connectors with their configuration, secrets and records on a real database, against the simulators of a vendor with a token and one with a key.</summary>
internal sealed class ConnectorRig : IAsyncDisposable
{
    private readonly PostgresDatabase _database;
    private readonly ServiceProvider _services;
    private readonly IHostedService[] _hosted;

    private ConnectorRig(PostgresDatabase database, VirtualClock clock, Simulation world)
    {
        (_database, Clock, World) = (database, clock, world);
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(new Settings { DataDirectory = Directory.CreateTempSubdirectory("rialto-keys-").FullName });
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(database.DataSource);
        services.AddSingleton<Notifications>();
        services.AddHostedService(provider => provider.GetRequiredService<Notifications>());
        services.AddConfigurationStore();
        services.AddSecrets();
        services.AddConnectors();
        services.AddConnector(new SeatVendor());
        services.AddConnector(new CardVendor());
        _services = services.BuildServiceProvider();
        _hosted = [.. _services.GetServices<IHostedService>()];
    }

    public VirtualClock Clock { get; }
    public Simulation World { get; }
    public Connector Seats => _services.GetRequiredService<ConnectorSet>()["seats"];
    public Connector Cards => _services.GetRequiredService<ConnectorSet>()["cards"];
    public SecretStore Secrets => _services.GetRequiredService<SecretStore>();
    public Revisions Revisions => _services.GetRequiredService<Revisions>();
    public ConfigurationStore Configuration => _services.GetRequiredService<ConfigurationStore>();
    public NpgsqlDataSource Postgres => _database.DataSource;
    public SevenRoomsVendor SeatTruth => World.Vendor<SevenRoomsVendor>();
    public StripeVendor CardTruth => World.Vendor<StripeVendor>();

    public static async Task<ConnectorRig> StartAsync(PostgresFixture postgres)
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 11, 21, 2, 0, 0, TimeSpan.Zero));
        var world = new Simulation(new SimulationOptions(new Dictionary<string, int> { ["sevenrooms"] = 0, ["stripe"] = 0 }), clock);
        await world.StartAsync();
        var rig = new ConnectorRig(await postgres.CreateDatabaseAsync(), clock, world);
        rig._services.GetRequiredService<SimulatorAddresses>().Set(world.Urls);
        await rig.Secrets.PutAsync("seats/client-id", SevenRoomsVendor.ClientId, "test", CancellationToken.None);
        await rig.Secrets.PutAsync("seats/client-secret", SevenRoomsVendor.ClientSecret, "test", CancellationToken.None);
        await rig.Secrets.PutAsync("cards/key", StripeVendor.ApiKey, "test", CancellationToken.None);
        foreach (var hosted in rig._hosted) await hosted.StartAsync(CancellationToken.None);
        return rig;
    }

    public void Fault(Simulators.Machinery.Vendor vendor, string json) => vendor.Faults.Replace(FaultWords.Read(JsonSerializer.Deserialize<JsonElement>(json)).Faults, 1);

    public Task<VendorAnswer> BookAsync(string key, string time = "19:00") => Seats.CallAsync(SeatVendor.Book(key, time), CancellationToken.None);

    public Task<VendorAnswer> VenuesAsync() => Seats.CallAsync(Seats.Probe, CancellationToken.None);

    public int CallsOf(Simulators.Machinery.Vendor vendor, string operation) => vendor.Calls.All.Count(call => call.Operation == operation);

    public int Reservations => ((object[])((Dictionary<string, object[]>)SeatTruth.Effects())["reservations"]).Length;

    /// <summary>Puts a changed document into force, as an operator does.</summary>
    public async Task ConfigureAsync(string name, object body)
    {
        var draft = await Revisions.DraftAsync(name, JsonSerializer.Serialize(body, ConfigurationJson.Strict), null, "test", CancellationToken.None);
        draft.Problems.ShouldBeEmpty();
        (await Revisions.ActivateAsync(name, draft.Id, "test", CancellationToken.None)).ShouldNotBeNull();
    }

    public async Task<IReadOnlyList<(string Operation, string Outcome, string? Key, int? Status)>> RecordedAsync(int atLeast)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            await using var connection = await Postgres.OpenConnectionAsync(deadline.Token);
            var rows = (await connection.QueryAsync<(string, string, string?, int?)>("SELECT operation, outcome, external_key, status FROM connectors.external_call ORDER BY id")).AsList();
            if (rows.Count >= atLeast) return rows;
            await Task.Delay(20, deadline.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hosted in _hosted.Reverse()) await hosted.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        await World.DisposeAsync();
        await _database.DisposeAsync();
    }
}
