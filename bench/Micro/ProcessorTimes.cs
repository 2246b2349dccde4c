using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace Rialto.Bench.Micro;

/// <summary>Processor time and wall time of every benchmark, by the same methods: median and least of several rounds, each long enough for the clock of processor time.</summary>
internal static class ProcessorTimes
{
    private const int Rounds = 7;
    private static readonly TimeSpan RoundLength = TimeSpan.FromMilliseconds(300);

    public static void Print()
    {
        Console.WriteLine($"{Environment.ProcessorCount} cores, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}; nanoseconds a record: processor time median (least), wall time median");
        foreach (var type in (Type[])[typeof(Decoding), typeof(Encoding), typeof(Matching)])
        {
            var instance = Activator.CreateInstance(type)!;
            foreach (var method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            {
                if (method.GetCustomAttribute<BenchmarkAttribute>() is not { } benchmark)
                    continue;
                var rounds = Measure(Work(instance, method), benchmark.OperationsPerInvoke);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"  {type.Name + "." + method.Name,-36} {Median(rounds.Select(round => round.Processor)),8:F1} ({rounds.Min(round => round.Processor):F1}), {Median(rounds.Select(round => round.Wall)):F1}"));
            }
        }
    }

    // A typed delegate: calling by reflection would allocate.
    private static Action Work(object instance, MethodInfo method)
    {
        if (method.ReturnType == typeof(uint))
        {
            var count = method.CreateDelegate<Func<uint>>(instance);
            return () => count();
        }

        var number = method.CreateDelegate<Func<int>>(instance);
        return () => number();
    }

    private static List<(double Processor, double Wall)> Measure(Action work, int records)
    {
        // Until the compiler has had its second look at it.
        Run(work, RoundLength * 3);
        var rounds = new List<(double, double)>();
        for (var round = 0; round < Rounds; round++)
        {
            var (before, began) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            var calls = Run(work, RoundLength);
            var (processor, wall) = (Environment.CpuUsage.TotalTime - before, Stopwatch.GetElapsedTime(began));
            rounds.Add((processor.TotalNanoseconds / calls / records, wall.TotalNanoseconds / calls / records));
        }

        return rounds;
    }

    private static long Run(Action work, TimeSpan length)
    {
        var began = Stopwatch.GetTimestamp();
        var calls = 0L;
        while (Stopwatch.GetElapsedTime(began) < length)
        {
            for (var i = 0; i < 10; i++)
                work();
            calls += 10;
        }

        return calls;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Rounds / 2);
}
