using System.Text.Json;
using Rialto.Platform.Secrets;

namespace Rialto.Platform.Connectors;

/// <summary>
/// What is particular to one vendor, beside its operations: how a call proves who makes it, and where an answer's true status stands.
/// One instance per vendor; it holds no connection and no state.
/// </summary>
public abstract class Vendor
{
    /// <summary>Lower case, for example <c>sevenrooms</c>: the connector's name to operators, in <c>external_call</c> and in lanes.</summary>
    public abstract string Name { get; }

    /// <summary>The settings of a new installation: they point at the simulator.</summary>
    public abstract ConnectorSettings Initial { get; }

    /// <summary>Whether calls carry a token that another call fetches.</summary>
    public virtual bool UsesToken => false;

    /// <summary>The call that fetches a token.</summary>
    public virtual VendorCall TokenCall(ConnectorSettings settings, IReadOnlyDictionary<string, SecretText> secrets) => throw new NotSupportedException($"{Name} has no token.");

    /// <summary>The token in the answer of <see cref="TokenCall"/>; null when it is not there.</summary>
    public virtual IssuedToken? ReadToken(JsonElement body) => throw new NotSupportedException($"{Name} has no token.");

    /// <summary>Adds what proves who calls. <paramref name="token"/> is null on the call that fetches it.</summary>
    public abstract void Authorize(HttpRequestMessage request, ConnectorSettings settings, IReadOnlyDictionary<string, SecretText> secrets, string? token);

    /// <summary>Where the vendor's body carries a truer status than HTTP, that one; and a refusal's reason for operators.</summary>
    public virtual (int Status, string? Reason) Judge(int httpStatus, JsonElement body) => (httpStatus, null);

    /// <summary>Whether the vendor refused the token, and not what was asked: then a new token is fetched and the call sent again, once.</summary>
    public virtual bool IsTokenRefused(int status, JsonElement body) => status == 401;

    /// <summary>
    /// A cheap read that shows that the vendor works. Only a good answer counts as up: any 5xx, connection error and time-out is down.
    /// </summary>
    public abstract VendorCall Probe { get; }
}
