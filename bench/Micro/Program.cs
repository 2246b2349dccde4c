using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Rialto.Bench.Micro;

// With "cpu", processor time a record instead: it says the truth on a busy machine too, where the clock does not.
if (args is ["cpu", ..])
{
    ProcessorTimes.Print();
    return 0;
}

// Nanoseconds and bytes allocated a record, each beside the simplest thing that could do the same. In this process: no project is generated and built for it.
var config = ManualConfig.CreateEmpty()
    .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddExporter(MarkdownExporter.Console)
    .AddLogger(ConsoleLogger.Default)
    .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator);
BenchmarkSwitcher.FromTypes([typeof(Decoding), typeof(Encoding), typeof(Matching)]).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
return 0;
