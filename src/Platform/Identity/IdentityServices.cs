using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity.Accounts;
using Rialto.Platform.Identity.Administration;
using Rialto.Platform.Identity.PersonalData;
using Rialto.Platform.Identity.Programs;
using Rialto.Platform.Identity.SecondFactor;
using Rialto.Platform.Identity.SingleSignOn;
using Rialto.Platform.Mail;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Identity;

/// <summary>Everything that knows who asks and what he may.</summary>
internal static class IdentityServices
{
    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ApiKeys(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Notifications>()));
        services.AddSingleton<Sessions>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<Entrance>();
        services.AddSingleton<KnownCredentials>();
        services.AddSingleton<PasswordHashes>();
        services.AddSingleton<SignInThrottle>();
        services.AddSingleton(provider => new OutsideSignIn(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<Sessions>(), provider.GetRequiredService<SignInThrottle>(), provider.GetRequiredService<Settings>()));
        services.AddSingleton<SecondFactors>();
        services.AddSingleton(SecondFactors.Column);
        services.AddSingleton(Provider.Secret);
        services.AddSingleton(Sessions.ProviderToken);
        services.AddSingleton<ProviderMetadata>();
        services.AddSingleton<ProviderCalls>();
        services.AddSingleton<ProviderTest>();
        services.AddSingleton<ProviderSignOut>();
        services.AddSingleton<IdToken>();
        services.AddSingleton<SignOnState>();
        services.AddSingleton<SignOnAccounts>();
        services.AddSingleton<Reauthentication>();
        services.AddSingleton<UserAdministration.Subject>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<FirstAdministrator>();
        services.AddMailTemplate<InvitationMail>(InvitationMail.Name);
        services.AddPersonalData<IdentityPersonalData>("identity");
        services.AddPersonalData<AuditPersonalData>("audit");
        services.AddSingleton<DemoIdentity>();
        services.AddRialtoAuthorization();
        services.AddDataProtection().SetApplicationName("rialto");
        services.AddSingleton<IXmlRepository, DataProtectionKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlRepository = provider.GetRequiredService<IXmlRepository>()));
    }
}
