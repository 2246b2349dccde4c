namespace Rialto.Forecast.Series;

/// <summary>What the other places measured at the same time: polluted air arrives from somewhere.</summary>
internal static class Region
{
    public const string Column = "region";

    /// <summary>Adds to each panel the mean of the other panels' targets, step by step; missing where none of them was measured.</summary>
    public static Panel[] AddTo(IReadOnlyList<Panel> panels)
    {
        if (panels.Select(panel => (panel.Grid.Start, panel.Grid.Step, panel.Length)).Distinct().Count() > 1)
            throw new ArgumentException("The panels of a region must share one grid.");
        int length = panels[0].Length;
        var sum = new double[length];
        var count = new int[length];
        foreach (var panel in panels)
        {
            for (int i = 0; i < length; i++)
            {
                if (double.IsNaN(panel.Target[i]))
                    continue;
                sum[i] += panel.Target[i];
                count[i]++;
            }
        }
        return [.. panels.Select(panel => panel.With(Column, Others(panel.Target, sum, count)))];
    }

    private static double[] Others(double[] own, double[] sum, int[] count)
    {
        var others = new double[own.Length];
        for (int i = 0; i < own.Length; i++)
        {
            bool measured = !double.IsNaN(own[i]);
            int rest = count[i] - (measured ? 1 : 0);
            others[i] = rest == 0 ? double.NaN : (sum[i] - (measured ? own[i] : 0)) / rest;
        }
        return others;
    }
}
