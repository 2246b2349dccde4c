namespace Rialto.Forecast.Series;

/// <summary>All that is known at one place: columns on one grid, NaN where nothing was measured. One column is the target of the forecast.</summary>
internal sealed class Panel
{
    private readonly Dictionary<string, double[]> _columns;

    public Panel(string name, Grid grid, string target, IReadOnlyDictionary<string, double[]> columns)
    {
        _columns = new Dictionary<string, double[]>(columns, StringComparer.Ordinal);
        if (!_columns.TryGetValue(target, out double[]? values))
            throw new ArgumentException($"{name} has no column {target}.");
        if (_columns.Values.Any(column => column.Length != values.Length))
            throw new ArgumentException($"The columns of {name} differ in length.");
        (Name, Grid, TargetName, Target) = (name, grid, target, values);
    }

    public string Name { get; }
    public Grid Grid { get; }
    public string TargetName { get; }
    public double[] Target { get; }
    public int Length => Target.Length;
    public IReadOnlyCollection<string> ColumnNames => _columns.Keys;

    public double[] Column(string name) =>
        _columns.TryGetValue(name, out double[]? values) ? values : throw new MissingColumnException(Name, name);

    public bool Has(string name) => _columns.ContainsKey(name);

    /// <summary>The same place as it was known before the step <paramref name="end"/>: nothing later exists in the result.</summary>
    public Panel Before(int end) => new(Name, Grid, TargetName, _columns.ToDictionary(pair => pair.Key, pair => pair.Value[..end]));

    public Panel With(string name, double[] values) => new(Name, Grid, TargetName, new Dictionary<string, double[]>(_columns) { [name] = values });
}

/// <summary>An input that a model was trained on is not there.</summary>
internal sealed class MissingColumnException(string place, string column) : Exception($"{place} has no values of {column}.")
{
    public string Column => column;
}
