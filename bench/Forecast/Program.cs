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
    case "published-split":
        PublishedSplit.Run();
        return 0;
    case "service":
        await ServiceSpeed.RunAsync();
        return 0;
    default:
        Console.WriteLine("""
            dotnet run -c Release --project bench/Forecast <command>

              day-ahead        PM2.5 of the next 24 hours, rolling origin, 2016-17; words: fixed, weather (an upper bound), validation
              published-split  the day's maximum on the split of the TSER archive
              neighbours       search time against scikit-learn (python3-sklearn) on this machine, one thread each
              service          rows loaded a minute and predictions a second of a running host (RIALTO_URL, RIALTO_KEY, RIALTO_PID)
            """);
        return 1;
}
