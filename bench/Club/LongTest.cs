using System.Diagnostics;

namespace Rialto.Bench.Club;

/// <summary>A test of Club.Tests at another size than that of every day.</summary>
internal static class LongTest
{
    public static async Task<int> RunAsync(string test, params (string Name, string Value)[] size)
    {
        var start = new ProcessStartInfo(Path.Combine("artifacts", "bin", "Club.Tests", "release", "Rialto.Club.Tests"), ["-noColor", "-showLiveOutput", "-method", "Rialto.Club.Tests." + test]);
        foreach (var (name, value) in size) start.Environment[name] = value;
        Console.WriteLine(FormattableString.Invariant(
            $"{test} with {string.Join(", ", size.Select(one => $"{one.Name}={one.Value}"))}; {Environment.ProcessorCount} cores, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}"));
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
