using System.Globalization;

namespace Rialto.Bench.Load;

/// <summary>What a scenario prints: the machine first, then lines with figures.</summary>
internal static class Report
{
    public static void Begin(string scenario) =>
        Print($"{scenario}: {Environment.ProcessorCount} cores shared with the generator, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30):F0} GiB, load {Load()}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC");

    public static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Of sorted values.</summary>
    public static double At(this double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
