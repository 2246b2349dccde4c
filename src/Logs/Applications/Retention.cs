namespace Rialto.Logs.Applications;

/// <summary>
/// How long records are kept. What is agreed holds for records that come after it. Each (day, class) is a partition of the table and expires whole, so there are four classes and not 180.
/// </summary>
internal static class Retention
{
    public const ushort DefaultDays = 30;

    private static readonly ushort[] Classes = [7, 30, 90, 180];

    /// <summary>The smallest class that keeps records at least as long as agreed.</summary>
    public static ushort ClassOf(int days) => Array.Find(Classes, kept => kept >= days) is > 0 and var found ? found : Classes[^1];
}
