namespace Rialto.Simulators.Machinery;

/// <summary>The faults of one vendor and how often each has struck. Draws from a seeded generator, so a schedule can be run again.</summary>
internal sealed class FaultPlan
{
    private readonly Lock gate = new();
    private List<Entry> entries = [];
    private Random random = new(1);

    public IReadOnlyList<object> Snapshot()
    {
        lock (gate)
        {
            return entries.Select(entry => (object)new
            {
                entry.Fault.Op,
                Kind = FaultWords.Name(entry.Fault.Kind),
                entry.Fault.Skip,
                entry.Fault.Times,
                entry.Fault.Probability,
                entry.Fault.Status,
                entry.Fault.Milliseconds,
                entry.Fault.RetryAfterSeconds,
                entry.Fault.PerSecond,
                entry.Seen,
                entry.Hits,
            }).ToList();
        }
    }

    public void Replace(IEnumerable<Fault> faults, int? seed)
    {
        lock (gate)
        {
            entries = faults.Select(fault => new Entry(fault)).ToList();
            random = new Random(seed ?? 1);
        }
    }

    public void Add(IEnumerable<Fault> faults)
    {
        lock (gate)
            entries.AddRange(faults.Select(fault => new Entry(fault)));
    }

    /// <summary>The port's fault, if any: it is not a matter of single calls.</summary>
    public Fault? Refusal
    {
        get
        {
            lock (gate)
                return entries.FirstOrDefault(entry => entry.Fault.Kind == FaultKind.Refuse)?.Fault;
        }
    }

    public TimeSpan Skew
    {
        get
        {
            lock (gate)
                return entries.FirstOrDefault(entry => entry.Fault.Kind == FaultKind.ClockSkew)?.Fault is { } fault
                    ? TimeSpan.FromMilliseconds(fault.Milliseconds ?? 600_000)
                    : TimeSpan.Zero;
        }
    }

    /// <summary>What happens to this call: every latency adds up, then the first other fault that strikes decides.</summary>
    public Strike Take(string operation, DateTimeOffset now)
    {
        var delay = TimeSpan.Zero;
        lock (gate)
        {
            foreach (var entry in entries)
            {
                if (entry.Fault.IsWebhook || entry.Fault.Kind is FaultKind.Refuse or FaultKind.ClockSkew || !entry.Matches(operation))
                    continue;
                if (entry.Fault.Kind == FaultKind.RateLimit ? !entry.IsOverRate(now) : !entry.Strikes(random))
                    continue;
                entry.Hits++;
                if (entry.Fault.Kind != FaultKind.Latency)
                    return new Strike(delay, entry.Fault);
                delay += TimeSpan.FromMilliseconds(entry.Fault.Milliseconds ?? 300);
            }
        }
        return new Strike(delay, null);
    }

    public Fault? TakeWebhook(string eventType)
    {
        lock (gate)
        {
            foreach (var entry in entries)
            {
                if (!entry.Fault.IsWebhook || !entry.Matches(eventType) || !entry.Strikes(random))
                    continue;
                entry.Hits++;
                return entry.Fault;
            }
        }
        return null;
    }

    private sealed class Entry(Fault fault)
    {
        private double tokens = fault.PerSecond;
        private DateTimeOffset filledAt;

        public Fault Fault { get; } = fault;
        public int Seen { get; private set; }
        public int Hits { get; set; }

        public bool Matches(string name) => Fault.Op == "*" || Fault.Op.Equals(name, StringComparison.OrdinalIgnoreCase);

        public bool Strikes(Random random)
        {
            if (Seen++ < Fault.Skip || Hits >= (Fault.Times ?? int.MaxValue))
                return false;
            return Fault.Probability >= 1 || random.NextDouble() < Fault.Probability;
        }

        public bool IsOverRate(DateTimeOffset now)
        {
            Seen++;
            if (filledAt != default)
                tokens = Math.Min(Fault.PerSecond, tokens + Math.Max(0, (now - filledAt).TotalSeconds) * Fault.PerSecond);
            filledAt = now;
            if (tokens < 1)
                return true;
            tokens--;
            return false;
        }
    }
}

internal readonly record struct Strike(TimeSpan Delay, Fault? Fault);
