using Rialto.Forecast.Series;

namespace Rialto.Forecast.Features;

/// <summary>
/// Turns one origin of one panel into a row. The panel's columns are read through <see cref="CausalColumn"/>, which knows nothing at or after
/// the origin; only <see cref="Outlook"/> says something about later steps, and it is handed in apart.
/// </summary>
internal sealed class FeatureBuilder
{
    private readonly FeatureRecipe _recipe;
    private readonly Transform _transform;
    private readonly Grid _grid;
    private readonly int _horizon;
    private readonly CausalColumn _target;
    private readonly CausalColumn[] _companions;
    private readonly CausalColumn[] _weather;

    public FeatureBuilder(Panel panel, FeatureRecipe recipe, Transform transform, int horizon)
    {
        (_recipe, _transform, _grid, _horizon) = (recipe, transform, panel.Grid, horizon);
        _target = new CausalColumn(panel.Target, transform.Bend);
        _companions = [.. recipe.Companions.Select(name => new CausalColumn(panel.Column(name), transform.Bend))];
        _weather = [.. recipe.Weather.Select(name => new CausalColumn(panel.Column(name), value => value))];
        Names = [.. NamesOf(recipe, panel.Grid, horizon)];
    }

    public string[] Names { get; }

    /// <summary>The level of a levelled transform at this origin.</summary>
    public double Level(int origin)
    {
        double level = _target.Mean(origin, _recipe.LevelSteps);
        return double.IsNaN(level) ? 0 : level;
    }

    /// <summary>The target <paramref name="lag"/> steps before the origin, carried over gaps, in the model's space.</summary>
    public double Past(int origin, int lag, double level) => _transform.Level(_target.Lag(origin, lag), level);

    public void Fill(int origin, Outlook outlook, Span<double> row)
    {
        double level = Level(origin);
        int at = 0;
        for (int lag = 1; lag <= _recipe.Lags; lag++)
            row[at++] = _transform.Level(_target.Lag(origin, lag), level);
        foreach (int lag in _recipe.OlderLags)
            row[at++] = _transform.Level(_target.Lag(origin, lag), level);
        foreach (int steps in _recipe.Means)
            row[at++] = _transform.Level(_target.Mean(origin, steps), level);
        foreach (int steps in _recipe.Maxima)
            row[at++] = _transform.Level(_target.Max(origin, steps), level);
        int day = DaySteps(_grid);
        foreach (var column in _companions.Concat(_weather))
        {
            row[at++] = column.Lag(origin, 1);
            row[at++] = column.Mean(origin, day);
        }
        if (_recipe.Gaps)
        {
            row[at++] = Math.Log(1 + _target.Age(origin));
            row[at++] = _target.ShareMissing(origin, day);
        }
        if (_recipe.Calendar)
            at = FillCalendar(origin, row, at);
        foreach (string name in _recipe.Outlook)
        {
            for (int from = 0; from < _horizon; from += _recipe.OutlookBlock)
                row[at++] = outlook.Mean(name, origin + from, Math.Min(_recipe.OutlookBlock, _horizon - from));
        }
    }

    private int FillCalendar(int origin, Span<double> row, int at)
    {
        var local = _grid.LocalAt(origin);
        double year = 2 * Math.PI * (local.DayOfYear - 1) / 365.25;
        row[at++] = Math.Sin(year);
        row[at++] = Math.Cos(year);
        if (!_grid.IsDaily)
        {
            double day = 2 * Math.PI * local.TimeOfDay.TotalDays;
            row[at++] = Math.Sin(day);
            row[at++] = Math.Cos(day);
        }
        double week = 2 * Math.PI * (int)local.DayOfWeek / 7;
        row[at++] = Math.Sin(week);
        row[at++] = Math.Cos(week);
        row[at++] = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 1 : 0;
        return at;
    }

    private static int DaySteps(Grid grid) => grid.IsDaily ? 7 : grid.StepsPerDay;

    private static IEnumerable<string> NamesOf(FeatureRecipe recipe, Grid grid, int horizon)
    {
        string span = grid.IsDaily ? "week" : "day";
        var names = Enumerable.Range(1, recipe.Lags).Concat(recipe.OlderLags).Select(lag => $"lag {lag}")
            .Concat(recipe.Means.Select(steps => $"mean {steps}"))
            .Concat(recipe.Maxima.Select(steps => $"max {steps}"))
            .Concat(recipe.Companions.Concat(recipe.Weather).SelectMany(name => new[] { $"{name} last", $"{name} mean of a {span}" }));
        if (recipe.Gaps)
            names = names.Concat(["age of the last value", "share missing"]);
        if (recipe.Calendar)
        {
            names = names.Concat(["year sin", "year cos"]);
            if (!grid.IsDaily)
                names = names.Concat(["day sin", "day cos"]);
            names = names.Concat(["week sin", "week cos", "weekend"]);
        }
        return names.Concat(recipe.Outlook.SelectMany(name =>
            Enumerable.Range(0, (horizon + recipe.OutlookBlock - 1) / recipe.OutlookBlock).Select(block => $"{name} ahead {block + 1}")));
    }
}
