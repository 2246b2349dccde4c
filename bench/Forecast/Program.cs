using Rialto.Bench.Forecast;

// One command a question; each prints machine, data and what it is compared with.
switch (args.FirstOrDefault())
{
    case "neighbours":
        NeighbourSpeed.Run();
        return 0;
    default:
        Console.WriteLine("""
            dotnet run -c Release --project bench/Forecast <command>

              neighbours   search time against scikit-learn (python3-sklearn) on this machine, one thread each
            """);
        return 1;
}
