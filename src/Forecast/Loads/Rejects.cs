namespace Rialto.Forecast.Loads;

/// <param name="Line">Of the file, the header is 1.</param>
internal sealed record Reject(long Line, string? Field, string Code, string Message);

/// <summary>Rows and cells that could not be taken: all are counted by code, the first are kept word for word.</summary>
internal sealed class Rejects
{
    /// <summary>Whoever has more has one mistake repeated, and sees it in the first.</summary>
    public const int KeptMax = 1000;

    private readonly List<Reject> _kept = [];
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public long Total { get; private set; }

    public IReadOnlyDictionary<string, long> Counts => _counts;

    public IReadOnlyList<Reject> Kept => _kept;

    public void Add(long line, string? field, string code, string message)
    {
        Total++;
        _counts[code] = _counts.GetValueOrDefault(code) + 1;
        if (_kept.Count < KeptMax)
            _kept.Add(new Reject(line, field, code, message));
    }
}
