using Rialto.Bench.Engine;
using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;

// Measures the ClickHouse engine child through its HTTP interface: what an insert costs, what a query costs at least, how both scale.
// Arguments: how many inserts of 100,000 records (20), and what to measure: all, inserts or queries.
var inserts = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 20;
var what = args.Length > 1 ? args[1] : "all";

await using var engine = await EngineChild.StartAsync();
using var client = engine.Client.WithDatabase("bench");
await new ClickHouseMigrations(client, ClickHouseSchema.Plain).ApplyAsync("logs", typeof(Rialto.Logs.LogsModule).Assembly);
Console.WriteLine($"{Environment.ProcessorCount} cores, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, engine process {engine.ProcessId}");
var bench = new EngineBench(engine, client);
if (what is "all" or "inserts")
    await bench.InsertsAsync(inserts);
if (what is "all" or "queries")
    await bench.QueriesAsync();
