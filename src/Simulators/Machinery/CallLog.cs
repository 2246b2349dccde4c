namespace Rialto.Simulators.Machinery;

/// <param name="Number">Order of arrival at this vendor.</param>
/// <param name="Key">The caller's own key, where the operation has one.</param>
/// <param name="Status">Status told; 0 when no answer was given.</param>
/// <param name="HasEffect">Whether the operation ran and succeeded, whatever was told.</param>
internal sealed record Call(long Number, DateTimeOffset At, string Operation, string? Key, int Status, string? Fault, bool HasEffect);

/// <summary>The last calls of a vendor, for a test to see the order and the number of attempts. Bounded: a load test must not fill the memory.</summary>
internal sealed class CallLog
{
    private const int Kept = 50_000;
    private readonly Lock gate = new();
    private readonly Queue<Call> calls = new();
    private long number;

    public long NextNumber()
    {
        lock (gate)
            return ++number;
    }

    public void Add(Call call)
    {
        lock (gate)
        {
            calls.Enqueue(call);
            if (calls.Count > Kept)
                calls.Dequeue();
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            calls.Clear();
            number = 0;
        }
    }

    public IReadOnlyList<Call> All
    {
        get
        {
            lock (gate)
                return [.. calls.OrderBy(call => call.Number)];
        }
    }
}
