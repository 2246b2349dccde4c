using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Engines;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Hosting;

/// <summary>Puts the platform and the chosen modules together.</summary>
public static class RialtoApp
{
    /// <summary>Everything is composed, nothing runs: no file is touched and no connection opened before <see cref="RunAsync"/>.</summary>
    /// <exception cref="SettingsException">RIALTO_MODULES names a module that does not exist.</exception>
    public static WebApplication Build(Settings settings, IReadOnlyList<Module> allModules) => Build(settings, allModules, null);

    /// <param name="change">The last word on the services: tests put their clock in.</param>
    internal static WebApplication Build(Settings settings, IReadOnlyList<Module> allModules, Action<IServiceCollection>? change)
    {
        var modules = Chosen(settings, allModules);
        // Empty on purpose: no appsettings files and no variables but ours, so Settings is the only truth.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "rialto", ContentRootPath = AppContext.BaseDirectory });
        builder.AddPlatform(settings, modules);
        foreach (var module in modules) module.AddServices(builder);
        change?.Invoke(builder.Services);

        var app = builder.Build();
        app.UsePlatform(settings);
        foreach (var module in modules) module.MapEndpoints(app);
        return app;
    }

    /// <summary>Runs until it is told to stop.</summary>
    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(Settings settings, IReadOnlyList<Module> allModules)
    {
        try
        {
            await using var app = Build(settings, allModules);
            app.Services.GetRequiredService<StartBanner>().PrintWhenStarted();
            await app.RunAsync();
            return 0;
        }
        catch (Exception exception) when (exception is SettingsException or EngineException or MigrationException or ClickHouseMigrationException or PortTakenException)
        {
            // The operator can do something about these; a stack trace would only hide what.
            await Console.Error.WriteLineAsync(exception.Message);
            return exception is SettingsException ? 2 : 1;
        }
        catch (NpgsqlException exception) when (IsServersFault(exception))
        {
            await Console.Error.WriteLineAsync($"PostgreSQL cannot be used: {exception.Message}.{(settings.Postgres is null ? "" : " See RIALTO_POSTGRES.")}");
            return 1;
        }
        catch (ClickHouseUnavailableException exception)
        {
            await Console.Error.WriteLineAsync($"ClickHouse cannot be used: {exception.Message}{(settings.ClickHouse is null ? "" : " See RIALTO_CLICKHOUSE.")}");
            return 1;
        }
        catch (Exception exception)
        {
            await Console.Error.WriteLineAsync("Rialto stops, and this is a bug: " + exception);
            return 3;
        }
    }

    /// <summary>The server is away, full or starting, or does not let us in; any other refusal is of a statement, which is ours.</summary>
    private static bool IsServersFault(NpgsqlException exception) =>
        exception is not PostgresException { SqlState: not (PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow) };

    private static List<Module> Chosen(Settings settings, IReadOnlyList<Module> all)
    {
        if (settings.Modules is not { } names) return [.. all];
        var unknown = names.Where(name => all.All(module => module.Name != name)).ToArray();
        return unknown.Length == 0
            ? [.. all.Where(module => names.Contains(module.Name))]
            : throw new SettingsException([$"RIALTO_MODULES names {string.Join(", ", unknown)}, but the modules are {string.Join(", ", all.Select(module => module.Name))}."]);
    }
}
