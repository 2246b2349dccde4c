using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Rialto.Platform.Configuration;

namespace Rialto.Platform.Gateway.Firewall;

/// <summary>The configuration document <c>gateway/firewall</c>.</summary>
internal sealed record FirewallDefinition
{
    public const string Document = "gateway/firewall";
    private const int EntriesMax = 10_000;

    public IReadOnlyList<BlockedNetwork> Blocked { get; init; } = [];

    public IReadOnlyList<RuleDefinition> Rules { get; init; } = [];

    public static IEnumerable<string> Check(FirewallDefinition definition)
    {
        if (definition.Blocked.Count + definition.Rules.Count > EntriesMax) yield return $"The firewall has at most {EntriesMax} entries.";
        foreach (var blocked in definition.Blocked)
        {
            if (Try(() => FirewallRule.Network(blocked.Network)) is { } wrong) yield return wrong;
        }
        foreach (var rule in definition.Rules)
        {
            if (rule.Name.Length is 0 or > 60) yield return "A rule has a name of at most 60 characters.";
            if (rule.Mode is not ("block" or "detect")) yield return $"The mode of {rule.Name} is block or detect.";
            if (rule.In != "target" && !rule.In.StartsWith("header:", StringComparison.Ordinal)) yield return $"{rule.Name} looks in target or header:name.";
            if (rule is { Pattern: null, Path: null, Methods.Count: 0, Networks.Count: 0 }) yield return $"{rule.Name} says nothing, so it would meet every request.";
            else if (Try(() => _ = new FirewallRule(rule)) is { } wrong) yield return $"{rule.Name}: {wrong}";
        }
    }

    private static string? Try(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException)
        {
            return exception.Message;
        }
    }
}

internal sealed record BlockedNetwork
{
    /// <summary>An address or a network, such as <c>203.0.113.0/24</c>.</summary>
    public string Network { get; init; } = "";

    public DateTimeOffset? Until { get; init; }

    public string Note { get; init; } = "";
}

/// <summary>A request meets a rule when all that the rule says holds.</summary>
internal sealed record RuleDefinition
{
    public string Name { get; init; } = "";

    /// <summary><c>block</c> (the default) or <c>detect</c>, which only counts and logs.</summary>
    public string Mode { get; init; } = "block";

    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Prefix of the path.</summary>
    public string? Path { get; init; }

    public IReadOnlyList<string> Networks { get; init; } = [];

    /// <summary>Where <see cref="Pattern"/> looks: <c>target</c> (path and query, percent-decoded) or <c>header:name</c>.</summary>
    public string In { get; init; } = "target";

    /// <summary>A regular expression without back references; letter case does not matter.</summary>
    public string? Pattern { get; init; }
}

/// <summary>A rule ready to use.</summary>
internal sealed class FirewallRule
{
    private readonly RuleDefinition _definition;
    private readonly IPNetwork[] _networks;
    private readonly Regex? _pattern;
    private readonly string? _header;

    public FirewallRule(RuleDefinition definition)
    {
        _definition = definition;
        _networks = [.. definition.Networks.Select(Network)];
        // Without backtracking: no input makes it slow.
        _pattern = definition.Pattern is null ? null : new Regex(definition.Pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        _header = definition.In.StartsWith("header:", StringComparison.Ordinal) ? definition.In[7..] : null;
    }

    public string Name => _definition.Name;

    public bool Blocks => _definition.Mode == "block";

    public static IPNetwork Network(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new FormatException($"\"{text}\" is not an address or a network.");

    public bool Meets(HttpContext context, IPAddress? address, string target) =>
        (_definition.Methods.Count == 0 || _definition.Methods.Contains(context.Request.Method, StringComparer.OrdinalIgnoreCase))
        && (_definition.Path is not { } path || context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        && (_networks.Length == 0 || address is not null && _networks.Any(network => network.Contains(address)))
        && (_pattern is null || _pattern.IsMatch(_header is null ? target : context.Request.Headers[_header].ToString()));
}

/// <summary>The rules in force on this node.</summary>
internal sealed class FirewallRules
{
    private readonly TimeProvider _clock;
    private Block[] _blocked = [];

    public FirewallRules(Configured<FirewallDefinition> configured, TimeProvider clock)
    {
        _clock = clock;
        configured.Follow((definition, _) => Apply(definition));
    }

    private sealed record Block(IPNetwork Network, DateTimeOffset? Until);

    public FirewallRule[] Rules { get; private set; } = [];

    public bool IsEmpty => _blocked.Length == 0 && Rules.Length == 0;

    public bool IsBlocked(IPAddress address)
    {
        foreach (var block in _blocked)
        {
            if (block.Network.Contains(address) && (block.Until is not { } until || until > _clock.GetUtcNow())) return true;
        }
        return false;
    }

    private void Apply(FirewallDefinition definition)
    {
        var rules = definition.Rules.Select(rule => new FirewallRule(rule)).ToArray();
        _blocked = [.. definition.Blocked.Select(blocked => new Block(FirewallRule.Network(blocked.Network), blocked.Until))];
        Rules = rules;
    }
}
