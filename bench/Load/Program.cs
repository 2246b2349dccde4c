using Rialto.Bench.Load;

if (args is not ["ingest", ..])
{
    Console.Error.WriteLine(
        """
        dotnet run -c Release --project bench/Load -- ingest --url http://localhost:8080 --key rk_... --engine <data>/clickhouse.run/engine.sock
            [--records 2000000] [--connections 4] [--host-pid n] [--engine-pid n]
        """);
    return 2;
}

return await IngestScenario.RunAsync(Arguments.Parse(args[1..]));
