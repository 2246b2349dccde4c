using Rialto.Bench.Load;
using Rialto.Bench.Load.Scenarios;

const string Usage =
    """
    dotnet run -c Release --project bench/Load -- <scenario> [options]

      ingest   records a second over HTTP, acknowledged after fsync and searchable, with processor time; JSON, OTLP, and the engine alone   [--records 5000000]
      live     80,000 records a second: acknowledgement, time to a live subscriber, time to searchable                   [--rate 80000] [--seconds 20]
      search   queries over the HTTP API, cold and warm, and the same question without the table's skip indexes          [--records 20000000]
      senders  senders with a connection and a key each, one record at a time                            [--senders 10000] [--rate 10000] [--seconds 20]
      disk     bytes a record after OPTIMIZE FINAL, by column and by index                                                [--records 2000000]
      gateway  an upstream through nginx, an open route, and a route with key and plan, in turns                         [--senders 10000 keys] [--seconds 6] [--rounds 3]

    Each starts a host of its own (artifacts/bin/Host/release/rialto) on a temporary directory and a free port. Or, except for senders:
      --url http://localhost:8080 --key rk_... --engine <data>/clickhouse.run/engine.sock [--host-pid n] [--engine-pid n]
    search: --kept <directory> keeps the loaded records there for the next run; --only <beginning of a question's name>
    Others: --connections 4 (live: 16), --only json|otlp, --lines 1000 (records a request), --directory /tmp (where the temporary directory is made), --skip-baseline yes
    """;

if (args is not [var scenario, ..] || Arguments.TryParse(args[1..], out var wrong) is not { } arguments)
{
    await Console.Error.WriteLineAsync(Usage);
    return 2;
}

if (wrong is not null)
{
    await Console.Error.WriteLineAsync(wrong);
    return 2;
}

Func<Arguments, Task<int>>? run = scenario switch
{
    "ingest" => IngestScenario.RunAsync,
    "live" => LiveScenario.RunAsync,
    "search" => SearchScenario.RunAsync,
    "senders" => SendersScenario.RunAsync,
    "disk" => DiskScenario.RunAsync,
    "gateway" => GatewayScenario.RunAsync,
    _ => null,
};
if (run is null)
{
    await Console.Error.WriteLineAsync(Usage);
    return 2;
}

return await run(arguments);
