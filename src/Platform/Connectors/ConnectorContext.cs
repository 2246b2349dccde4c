using Rialto.Platform.Secrets;

namespace Rialto.Platform.Connectors;

/// <summary>What every connector shares.</summary>
internal sealed class ConnectorContext(TimeProvider clock, ExternalCalls calls, ConnectorStates states, SimulatorAddresses simulators, SecretStore secrets)
{
    private const string SimulatorPrefix = "simulator:";

    public TimeProvider Clock => clock;
    public ConnectorStates States => states;

    /// <summary>The base address without a slash at its end; null when it names a simulator that does not run here.</summary>
    public string? AddressOf(ConnectorSettings settings)
    {
        if (!settings.BaseUrl.StartsWith(SimulatorPrefix, StringComparison.Ordinal)) return settings.BaseUrl.TrimEnd('/');
        var (name, path) = settings.BaseUrl[SimulatorPrefix.Length..].Split('/', 2) is [var word, var rest] ? (word, "/" + rest) : (settings.BaseUrl[SimulatorPrefix.Length..], "");
        return simulators.Find(name) is { } address ? address + path : null;
    }

    /// <summary>Every secret of the settings by its name within the connector; null when one is missing. The store keeps them in memory.</summary>
    public async ValueTask<IReadOnlyDictionary<string, SecretText>?> SecretsOfAsync(ConnectorSettings settings, CancellationToken stop)
    {
        var found = new Dictionary<string, SecretText>(settings.Secrets.Count);
        foreach (var (name, reference) in settings.Secrets)
        {
            if (SecretReference.Parse(reference) is not { } parsed || await secrets.FindAsync(parsed, stop) is not { } secret) return null;
            found[name] = secret;
        }
        return found;
    }

    /// <summary>The vendor refused a credential: it may have been changed since it was read.</summary>
    public void ForgetSecretsOf(ConnectorSettings settings)
    {
        foreach (var reference in settings.Secrets.Values)
        {
            if (SecretReference.Parse(reference) is { } parsed) secrets.Forget(parsed);
        }
    }

    public void Record(string connector, VendorCall call, VendorAnswer answer, DateTimeOffset sentAt, TimeSpan took, long revision, int attempt)
    {
        var outcome = answer.IsMalformed ? "malformed" : answer.Outcome switch
        {
            Outcome.Ok => "ok",
            Outcome.Refused => "refused",
            Outcome.NotSent => "not_sent",
            _ => "unknown",
        };
        calls.Record(new ExternalCall(connector, call.Operation, call.Kind == CallKind.Read ? "read" : "write", call.Key, sentAt, took, outcome, answer.Status,
            answer.IsOk ? null : answer.Detail, revision, attempt));
    }
}

/// <summary>Where the simulators run, for settings that say <c>simulator:name</c>. Filled by whoever starts them, before the first call.</summary>
public sealed class SimulatorAddresses
{
    private volatile IReadOnlyDictionary<string, string> _addresses = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> All => _addresses;

    public void Set(IReadOnlyDictionary<string, string> addresses) => _addresses = addresses;

    public string? Find(string name) => _addresses.GetValueOrDefault(name)?.TrimEnd('/');
}
