namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>Where a request was forwarded to last, and how long that took; for the metrics.</summary>
internal sealed record UpstreamOutcome(string Route, string Upstream, TimeSpan Time);
