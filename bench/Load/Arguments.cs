using System.Globalization;

namespace Rialto.Bench.Load;

/// <summary>The options of a scenario: pairs of a name and a value.</summary>
internal sealed class Arguments
{
    private static readonly string[] Known =
    [
        "--url", "--key", "--engine", "--host-pid", "--engine-pid", "--records", "--connections", "--lines", "--rate", "--seconds", "--senders", "--directory", "--kept", "--skip-baseline", "--only", "--rounds",
    ];

    private readonly Dictionary<string, string> _given = [];

    private Arguments()
    {
    }

    public string? Url => _given.GetValueOrDefault("--url");

    public string Key => _given.GetValueOrDefault("--key", "");

    public string EngineSocket => _given.GetValueOrDefault("--engine", "");

    public int HostPid => Number("--host-pid", 0);

    public int EnginePid => Number("--engine-pid", 0);

    public int LinesPerRequest => Number("--lines", 1000);

    public string Directory => _given.GetValueOrDefault("--directory", Path.GetTempPath());

    /// <summary>A data directory that stays: a first run loads it, the next ones ask the records that are there.</summary>
    public string? Kept => _given.GetValueOrDefault("--kept");

    /// <summary>Only the product's own path.</summary>
    public bool SkipBaseline => _given.ContainsKey("--skip-baseline");

    /// <summary>One part of a scenario.</summary>
    public string? Only => _given.GetValueOrDefault("--only");

    /// <summary>Null with a sentence when something is wrong.</summary>
    public static Arguments? TryParse(string[] args, out string? wrong)
    {
        wrong = null;
        var arguments = new Arguments();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (!Known.Contains(args[i]) || i + 1 == args.Length)
                wrong ??= $"{args[i]} is not an option, or has no value.";
            else
                arguments._given[args[i]] = args[i + 1];
        }

        return arguments;
    }

    public int Number(string name, int otherwise) => _given.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
