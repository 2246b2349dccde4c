using System.Globalization;

namespace Rialto.Bench.Load;

/// <summary>What a scenario runs against.</summary>
internal sealed record Arguments(Uri Url, string Key, string EngineSocket, int Records, int Connections, int HostPid, int EnginePid)
{
    public static Arguments Parse(string[] args)
    {
        var given = new Dictionary<string, string>();
        for (var i = 0; i + 1 < args.Length; i += 2)
            given[args[i]] = args[i + 1];
        return new Arguments(
            new Uri(Text("--url", "http://localhost:8080")),
            Text("--key", ""),
            Text("--engine", ""),
            Number("--records", 2_000_000),
            Number("--connections", 4),
            Number("--host-pid", 0),
            Number("--engine-pid", 0));

        string Text(string name, string otherwise) => given.GetValueOrDefault(name, otherwise);
        int Number(string name, int otherwise) => given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
    }
}
