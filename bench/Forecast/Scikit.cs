using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Rialto.Bench.Forecast;

/// <summary>Asks scikit-learn (Debian's python3-sklearn) about the same bits, with one thread: numbers go to it as files, its answer comes as JSON.</summary>
internal static class Scikit
{
    public static T Ask<T>(string script, string folder)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("RIALTO_PYTHON") ?? "/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "scikit", script), folder])
        {
            RedirectStandardOutput = true,
        };
        foreach (string threads in new[] { "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS" })
            start.Environment[threads] = "1";
        using var python = Process.Start(start)!;
        string output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        if (python.ExitCode != 0)
            throw new InvalidOperationException("scikit-learn could not be asked: is python3-sklearn installed?");
        return JsonSerializer.Deserialize<T>(output, JsonSerializerOptions.Web)!;
    }

    public static void Write(string folder, string name, double[] values) => File.WriteAllBytes(Path.Combine(folder, name), MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
}
