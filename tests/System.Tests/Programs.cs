using System.Diagnostics;

namespace Rialto.System.Tests;

/// <summary>Programs of the machine that a test drives; it is skipped where they are not installed.</summary>
internal static class Programs
{
    /// <summary>Daemons are in /usr/sbin, which is not in the path of every user.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin").Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    /// <summary>Runs it to its end and returns what it printed; it must succeed.</summary>
    public static async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, $"{program}: {await errors}{await output}");
        return await output;
    }

    /// <summary>Starts it for the length of a test.</summary>
    public static Daemon Start(string program, string[] arguments) => new(Process.Start(new ProcessStartInfo(program, arguments))!);

    internal sealed class Daemon(Process process) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
