using System.Globalization;

namespace Rialto.Club;

/// <summary>Amounts are whole numbers of a currency's smallest unit; how many digits that has after the point is ISO 4217's matter.</summary>
internal static class Money
{
    private static readonly HashSet<string> WithoutDigits =
        ["BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF"];

    private static readonly HashSet<string> WithThreeDigits = ["BHD", "JOD", "KWD", "LYD", "OMR", "TND"];

    /// <summary>The card vendor or browsers count these in other units than ISO 4217 does: a price in them would be charged or shown a hundred times too high or too low.</summary>
    private static readonly HashSet<string> CountedOtherwise = ["IQD", "ISK", "MGA", "UGX"];

    public static bool IsUsable(string currency) => currency.Length == 3 && currency.All(char.IsAsciiLetterUpper) && !CountedOtherwise.Contains(currency);

    public static int DigitsOf(string currency) => WithoutDigits.Contains(currency) ? 0 : WithThreeDigits.Contains(currency) ? 3 : 2;

    /// <summary>"JPY 42,000", "EUR 60.00".</summary>
    public static string Text(long minor, string currency)
    {
        var digits = DigitsOf(currency);
        var amount = minor / (decimal)Math.Pow(10, digits);
        return $"{currency} {amount.ToString("N" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)}";
    }
}
