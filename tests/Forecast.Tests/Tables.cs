using System.Globalization;
using System.Text;
using Rialto.Forecast.Series;

namespace Rialto.Forecast.Tests;

/// <summary>Panels as tables of the preset "long".</summary>
internal static class Tables
{
    /// <param name="until">One past the last step that is written.</param>
    public static string Long(Panel panel, string station, int until = int.MaxValue)
    {
        var text = new StringBuilder("time,station,measure,value,unit\n");
        for (int i = 0; i < Math.Min(panel.Length, until); i++)
        {
            if (!double.IsNaN(panel.Target[i]))
                text.Append(CultureInfo.InvariantCulture, $"{panel.Grid.At(i):yyyy-MM-dd'T'HH:mm:ss'Z'},{station},x,{panel.Target[i]:R},\n");
        }
        return text.ToString();
    }
}
