using System.Globalization;

namespace Rialto.Simulators.Stripe;

/// <summary>The vendor's own list of currencies without and with three digits after the point; amounts are in their smallest unit.</summary>
internal static class Currencies
{
    private static readonly HashSet<string> ZeroDecimal =
        ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"];

    private static readonly HashSet<string> ThreeDecimal = ["BHD", "JOD", "KWD", "OMR", "TND"];

    /// <summary>"JPY 42,000", "SGD 180.00".</summary>
    public static string Text(long amount, string currency)
    {
        var code = currency.ToUpperInvariant();
        var (unit, format) = ZeroDecimal.Contains(code) ? (1m, "N0") : ThreeDecimal.Contains(code) ? (1_000m, "N3") : (100m, "N2");
        return $"{code} {(amount / unit).ToString(format, CultureInfo.InvariantCulture)}";
    }
}
