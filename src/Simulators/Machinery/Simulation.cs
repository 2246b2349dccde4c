using System.Net;

namespace Rialto.Simulators.Machinery;

/// <summary>All vendors that run in this process, on one clock and one journal.</summary>
internal sealed class Simulation : IAsyncDisposable
{
    private static readonly TimeSpan TickEvery = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource stop = new();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly List<Task> background = [];
    private readonly List<VendorServer> servers = [];
    private readonly IPAddress address;
    private readonly int? controlPort;
    private WebApplication? control;

    public Simulation(SimulationOptions options, TimeProvider? time = null)
    {
        Options = options;
        address = IPAddress.Parse(options.Bind);
        controlPort = options.ControlPort;
        Clock = new SimulatedClock(time ?? TimeProvider.System);
        Journal = new Journal(options.StateFile);
        var isNew = Journal.Rows("simulation").Count == 0;
        foreach (var (name, make) in VendorList.All)
        {
            if (!options.Ports.TryGetValue(name, out var port))
                continue;
            var vendor = make(this);
            vendor.Webhooks.Open();
            // A vendor added to an old state file has not been seeded by it.
            if (isNew || vendor.Tables.All(table => !table.All.Any()))
                vendor.Seed();
            servers.Add(new VendorServer(vendor, address, port));
        }
        if (isNew)
            Journal.Put("simulation", "started", new { at = Clock.GetUtcNow() });
    }

    public SimulationOptions Options { get; }
    public SimulatedClock Clock { get; }
    public Journal Journal { get; }
    public IReadOnlyList<Vendor> Vendors => [.. servers.Select(server => server.Vendor)];

    /// <summary>Each vendor's address by its name, and the control's.</summary>
    public IReadOnlyDictionary<string, string> Urls
    {
        get
        {
            var urls = servers.ToDictionary(server => server.Vendor.Name, server => server.Url);
            if (control is not null)
                urls["control"] = control.Urls.Single();
            return urls;
        }
    }

    /// <summary>Every vendor's credentials.</summary>
    public IReadOnlyDictionary<string, string> Credentials => Vendors.SelectMany(vendor => vendor.Credentials).ToDictionary(pair => pair.Key, pair => pair.Value);

    public T Vendor<T>()
        where T : Vendor => servers.Select(server => server.Vendor).OfType<T>().Single();

    public async Task StartAsync()
    {
        foreach (var server in servers)
        {
            await server.OpenAsync();
            background.Add(Task.Run(() => server.Vendor.Webhooks.PumpAsync(http, stop.Token)));
        }
        if (controlPort is { } port)
        {
            var builder = Quiet.Builder();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address, port));
            control = builder.Build();
            foreach (var server in servers)
                Control.Map(control, $"/_sim/{server.Vendor.Name}", server.Vendor);
            Control.MapClock(control, "/_sim", this);
            control.MapGet("/_sim/effects", context => Control.Tell(context, Vendors.ToDictionary(vendor => vendor.Name, vendor => vendor.Effects())));
            await control.StartAsync();
        }
        background.Add(Task.Run(TickAsync));
    }

    /// <summary>Lets every vendor do what its clock says is due.</summary>
    public void Tick()
    {
        foreach (var vendor in Vendors)
        {
            lock (vendor.Gate)
                vendor.Tick(vendor.Now);
            vendor.Webhooks.Wake();
        }
    }

    /// <summary>Closes or opens a vendor's port, as its faults now say.</summary>
    public async Task ApplyRefusalAsync(Vendor vendor)
    {
        var server = servers.Single(server => server.Vendor == vendor);
        if (vendor.Faults.Refusal is not { } refusal)
        {
            await server.OpenAsync();
            return;
        }
        if (!server.IsListening)
            return;
        // The call that brought the fault may run on the very port that closes: closing is left to another task.
        background.Add(Task.Run(async () =>
        {
            await server.CloseAsync();
            if (refusal.Milliseconds is not { } ms)
                return;
            await Task.Delay(ms, stop.Token);
            vendor.Faults.Replace([], null);
            await server.OpenAsync();
        }));
    }

    public Task CloseAsync(Vendor vendor) => servers.Single(server => server.Vendor == vendor).CloseAsync();

    public Task OpenAsync(Vendor vendor) => servers.Single(server => server.Vendor == vendor).OpenAsync();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        foreach (var task in background)
            await task.ContinueWith(_ => { }, TaskScheduler.Default);
        foreach (var server in servers)
            await server.DisposeAsync();
        if (control is not null)
            await control.DisposeAsync();
        http.Dispose();
        Journal.Dispose();
        stop.Dispose();
    }

    private async Task TickAsync()
    {
        using var timer = new PeriodicTimer(TickEvery);
        while (await timer.WaitForNextTickAsync(stop.Token))
            Tick();
    }
}
