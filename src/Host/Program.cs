using Rialto.Host;
using Rialto.Platform;
using Rialto.Platform.Audit;
using Rialto.Platform.Hosting;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine($"rialto: modules {string.Join(", ", Modules.All.Select(module => module.Name))}\n\n{AuditCommand.Help}\n\n{SettingsReader.Help()}");
    return 0;
}

var verify = args is ["audit", "verify", ..];
Settings settings;
try
{
    settings = SettingsReader.Read(verify ? args[2..] : args, SettingsReader.ProcessEnvironment());
}
catch (SettingsException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}

if (verify) return await AuditCommand.RunAsync(settings, Console.Out);

// Start: engines, migrations, demo, modules, Kestrel. Stop: the reverse.
return await RialtoApp.RunAsync(settings, Modules.All);
