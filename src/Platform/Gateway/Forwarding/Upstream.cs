namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>
/// One server behind a route, and whether it is fit. Two judges: the probe, which asks its health path, and the calls themselves: after
/// <see cref="FailuresToEject"/> failures in a row it gets no requests for a while, longer each time.
/// </summary>
internal sealed class Upstream(UpstreamDefinition definition, TimeProvider clock)
{
    public const int FailuresToEject = 5;
    private const int EjectionsMax = 6;
    private static readonly TimeSpan Ejection = TimeSpan.FromSeconds(10);

    // Written by many requests at once; a lost update costs one more or one less failed call, so these need no lock.
    private int _failures;
    private int _ejections;
    private long _ejectedAt;
    private TimeSpan _ejectedFor;
    private volatile bool _probedDown;

    /// <summary>Scheme, host, port and the path in front, without a slash at the end.</summary>
    public string Address { get; } = definition.Address.TrimEnd('/');

    public int Weight { get; } = definition.Weight;

    public string Label { get; } = definition.Label ?? new Uri(definition.Address).Authority;

    public bool IsProbedDown => _probedDown;

    public bool IsEjected => _ejectedFor > TimeSpan.Zero && clock.GetElapsedTime(Volatile.Read(ref _ejectedAt)) < _ejectedFor;

    public bool IsFit => !_probedDown && !IsEjected;

    public void Succeeded()
    {
        if (_failures != 0) _failures = 0;
        if (_ejections != 0 && !IsEjected) _ejections = 0;
    }

    /// <summary>Unreachable, broken or silent, or it says itself that it cannot: 502, 503, 504.</summary>
    public void Failed()
    {
        if (Interlocked.Increment(ref _failures) < FailuresToEject || IsEjected) return;
        _failures = 0;
        _ejections = Math.Min(_ejections + 1, EjectionsMax);
        Volatile.Write(ref _ejectedAt, clock.GetTimestamp());
        _ejectedFor = Ejection * _ejections;
    }

    public void Probed(bool good) => _probedDown = !good;
}
