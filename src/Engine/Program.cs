using Rialto.Engine;

Options options;
try
{
    options = Options.Parse(args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine($"rialto-engine: {wrong.Message}\nusage: {Options.Usage}");
    return 2;
}

return await EngineProcess.RunAsync(options);
