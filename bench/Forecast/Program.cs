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
    case "search":
        SearchBar.Run();
        return 0;
    case "retail":
        Retail.Run(args);
        return 0;
    case "bands":
        VolumeBands.Run();
        return 0;
    case "service":
        await ServiceSpeed.RunAsync(args);
        return 0;
    case "demo":
        await DemoStart.RunAsync();
        return 0;
    default:
        Console.WriteLine("""
            dotnet run -c Release --project bench/Forecast <command>

              day-ahead        PM2.5 of the next 24 hours, rolling origin, 2016-17; words: fixed, weather (an upper bound), validation
              published-split  the day's maximum on the split of the TSER archive
              neighbours       search time against scikit-learn (python3-sklearn) on this machine, one thread each
              search           search time of 40,000 rows of 50, k = 60
              retail           daily revenue 14 days ahead (UCI Online Retail); word: validation
              bands            bands of volume on labelled series (NAB)
              service          rows loaded a minute, memory and predictions a second of the real host, started here (build src/Host first);
                               --megabytes 200: one large file instead
              demo             what the demo's own loads and training cost on a first start
            """);
        return 1;
}
