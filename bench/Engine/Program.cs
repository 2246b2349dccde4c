using System.Globalization;
using Rialto.Bench.Engine;

// What the ClickHouse engine costs as a child behind HTTP, beside the same library in this process: the same rows, the same statements, the same configuration, in turn.
// Arguments: how many inserts of 100,000 records (20), and what to measure: all, inserts or queries.
var inserts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20;
var what = args.Length > 1 ? args[1] : "all";

await using var child = await ChildTarget.StartAsync();
await using var library = await LibraryTarget.StartAsync();
Console.WriteLine($"{Environment.ProcessorCount} cores, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}. CPU is that of all who take part: the child's engine and its client, or this process.");
var bench = new EngineBench([child, library]);
if (what is "all" or "inserts")
    await bench.InsertsAsync(inserts);
if (what is "all" or "queries")
    await bench.QueriesAsync();
