using Rialto.Host;
using Rialto.Platform;
using Rialto.Platform.Hosting;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine($"rialto: modules {string.Join(", ", Modules.All.Select(module => module.Name))}\n\n{SettingsReader.Help()}");
    return 0;
}

Settings settings;
try
{
    settings = SettingsReader.Read(args, SettingsReader.ProcessEnvironment());
}
catch (SettingsException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}

// Start: engines, migrations, demo, modules, Kestrel. Stop: the reverse.
return await RialtoApp.RunAsync(settings, Modules.All);
