using Microsoft.Extensions.DependencyInjection;

namespace Rialto.Platform.Configuration;

public static class ConfigurationServices
{
    /// <summary>Registers a configuration document; take it from DI as a keyed <see cref="Configured{T}"/> whose key is its name.</summary>
    /// <param name="name">Two lower-case words: <c>club/promises</c>.</param>
    /// <param name="initial">In force on a new installation.</param>
    /// <param name="check">Everything that is wrong with a value, as sentences.</param>
    public static IServiceCollection AddConfigured<T>(this IServiceCollection services, string name, T initial, Func<T, IEnumerable<string>> check)
        where T : class =>
        // Made by the container and not here: two hosts in one process must not share a document.
        services
            .AddKeyedSingleton(name, (_, _) => new Configured<T>(name, initial, check))
            .AddSingleton<IConfigurationDocument>(provider => provider.GetRequiredKeyedService<Configured<T>>(name));

    internal static void AddConfigurationStore(this IServiceCollection services)
    {
        services.AddSingleton<ConfigurationStore>();
        services.AddHostedService(provider => provider.GetRequiredService<ConfigurationStore>());
        services.AddSingleton<Revisions>();
    }
}
