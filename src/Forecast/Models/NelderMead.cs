namespace Rialto.Forecast.Models;

/// <summary>Minimises a function of a few variables without derivatives.</summary>
internal static class NelderMead
{
    private const int RoundsMax = 200;
    private const double Tolerance = 1e-6;

    public static double[] Minimise(Func<double[], double> function, double[] start, double size)
    {
        int dimensions = start.Length;
        var points = new (double[] At, double Value)[dimensions + 1];
        for (int i = 0; i <= dimensions; i++)
        {
            double[] at = [.. start];
            if (i > 0)
                at[i - 1] += size;
            points[i] = (at, function(at));
        }
        for (int round = 0; round < RoundsMax; round++)
        {
            Array.Sort(points, (a, b) => a.Value.CompareTo(b.Value));
            if (Math.Abs(points[^1].Value - points[0].Value) <= Tolerance * (Math.Abs(points[0].Value) + Tolerance))
                break;
            var centre = Centre(points);
            var reflected = Try(function, centre, points[^1].At, -1);
            if (reflected.Value < points[0].Value)
            {
                var expanded = Try(function, centre, points[^1].At, -2);
                points[^1] = expanded.Value < reflected.Value ? expanded : reflected;
            }
            else if (reflected.Value < points[^2].Value)
            {
                points[^1] = reflected;
            }
            else
            {
                var contracted = Try(function, centre, points[^1].At, 0.5);
                if (contracted.Value < points[^1].Value)
                    points[^1] = contracted;
                else
                    Shrink(function, points);
            }
        }
        return points.MinBy(point => point.Value).At;
    }

    private static double[] Centre((double[] At, double Value)[] points)
    {
        var centre = new double[points[0].At.Length];
        for (int i = 0; i < points.Length - 1; i++)
        {
            for (int j = 0; j < centre.Length; j++)
                centre[j] += points[i].At[j] / (points.Length - 1);
        }
        return centre;
    }

    private static (double[] At, double Value) Try(Func<double[], double> function, double[] centre, double[] worst, double factor)
    {
        double[] at = [.. centre.Select((c, j) => c + factor * (worst[j] - c))];
        return (at, function(at));
    }

    private static void Shrink(Func<double[], double> function, (double[] At, double Value)[] points)
    {
        for (int i = 1; i < points.Length; i++)
        {
            double[] at = [.. points[i].At.Select((x, j) => points[0].At[j] + (x - points[0].At[j]) / 2)];
            points[i] = (at, function(at));
        }
    }
}
