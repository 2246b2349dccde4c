using Rialto.Platform.Identity.Programs;

namespace Rialto.Platform.Identity;

/// <summary>
/// Everything this node remembers of credentials. Who changed something that many of them depend on (a person, a role, an organization) has it forgotten here at once;
/// the other nodes hear of it.
/// </summary>
internal sealed class KnownCredentials(Sessions sessions, ApiKeys keys, AccessTokens tokens)
{
    public void Forget()
    {
        sessions.Forget();
        keys.Forget();
        tokens.Forget();
    }
}
