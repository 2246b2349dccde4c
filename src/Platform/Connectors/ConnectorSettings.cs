namespace Rialto.Platform.Connectors;

/// <summary>
/// How to reach a vendor: the configuration document <c>connectors/{name}</c>, changed by revisions without a restart. Secrets are held as
/// references (<c>secret:name</c>), never as text.
/// </summary>
public sealed record ConnectorSettings
{
    /// <summary>An address, or <c>simulator:sevenrooms/2_4</c>: the simulator of that name, wherever it runs.</summary>
    public required string BaseUrl { get; init; }

    /// <summary>From the first byte sent to the last byte read, of one attempt.</summary>
    public int TimeoutMs { get; init; } = 5_000;

    public int ConnectTimeoutMs { get; init; } = 1_000;

    /// <summary>Calls at the same time; more wait in a queue of the same length, and past that are not sent.</summary>
    public int Concurrency { get; init; } = 64;

    /// <summary>How often a read is tried again, while the retry budget lasts.</summary>
    public int ReadRetries { get; init; } = 2;

    /// <summary>Share of failed calls that opens the breaker.</summary>
    public double BreakerFailureRatio { get; init; } = 0.5;

    /// <summary>So many calls within the window before the share counts.</summary>
    public int BreakerMinimumCalls { get; init; } = 10;

    public int BreakerWindowSeconds { get; init; } = 10;

    /// <summary>How long nothing is sent before one call probes.</summary>
    public int BreakerOpenSeconds { get; init; } = 5;

    /// <summary>Writes a second that a vendor gets at first when it is back after an outage; it doubles every two seconds.</summary>
    public double SlowStartPerSecond { get; init; } = 10;

    /// <summary>So long after its return a vendor is spared; 0: not at all.</summary>
    public int SlowStartSeconds { get; init; } = 10;

    /// <summary>Name within the connector to a secret's reference: <c>"clientSecret": "secret:sevenrooms/client-secret"</c>.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>What else this vendor needs: header names, account ids, names of points.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();

    /// <summary>Everything that is wrong, as sentences; empty when it can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (!BaseUrl.StartsWith("simulator:", StringComparison.Ordinal)
            && (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")))
            yield return $"baseUrl must be an http or https address, or simulator:name; it is '{BaseUrl}'.";
        if (BaseUrl.StartsWith("http://", StringComparison.Ordinal) && Uri.TryCreate(BaseUrl, UriKind.Absolute, out var plain) && !plain.IsLoopback)
            yield return "baseUrl must be https outside of this machine: credentials travel with each call.";
        if (TimeoutMs is < 10 or > 120_000) yield return "timeoutMs must be 10 to 120000.";
        if (ConnectTimeoutMs is < 10 or > 30_000) yield return "connectTimeoutMs must be 10 to 30000.";
        if (Concurrency is < 1 or > 1_000) yield return "concurrency must be 1 to 1000.";
        if (ReadRetries is < 0 or > 5) yield return "readRetries must be 0 to 5.";
        if (BreakerFailureRatio is <= 0 or > 1) yield return "breakerFailureRatio must be above 0 and at most 1.";
        if (BreakerMinimumCalls is < 2 or > 10_000) yield return "breakerMinimumCalls must be 2 to 10000.";
        if (BreakerWindowSeconds is < 1 or > 600) yield return "breakerWindowSeconds must be 1 to 600.";
        if (BreakerOpenSeconds is < 1 or > 3_600) yield return "breakerOpenSeconds must be 1 to 3600.";
        if (SlowStartPerSecond is < 0.1 or > 1_000) yield return "slowStartPerSecond must be 0.1 to 1000.";
        if (SlowStartSeconds is < 0 or > 600) yield return "slowStartSeconds must be 0 to 600.";
        foreach (var (name, reference) in Secrets)
        {
            if (Platform.Secrets.SecretReference.Parse(reference) is null)
                yield return $"secrets.{name} must be a reference such as secret:vendor/name, not the secret itself.";
        }
    }
}
