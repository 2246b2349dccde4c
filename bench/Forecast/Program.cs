using Rialto.Bench.Forecast;

// One command a question; each prints machine, data and what it is compared with.
switch (args.FirstOrDefault())
{
    case "neighbours":
        NeighbourSpeed.Run();
        return 0;
    case "day-ahead":
        DayAhead.Run(args);
        return 0;
    default:
        Console.WriteLine("""
            dotnet run -c Release --project bench/Forecast <command>

              day-ahead    PM2.5 of the next 24 hours, rolling origin; words: test (2016-17 instead of 2015), weather (upper bound), fixed
              neighbours   search time against scikit-learn (python3-sklearn) on this machine, one thread each
            """);
        return 1;
}
