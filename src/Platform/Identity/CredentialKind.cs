using System.Collections.Frozen;

namespace Rialto.Platform.Identity;

/// <summary>Credentials of which the database tells one by one when they change, as <c>kind:id</c>. The names stand in the triggers too.</summary>
internal static class CredentialKind
{
    /// <summary>By its public id.</summary>
    public const string Key = "key";

    /// <summary>By the hash of its cookie, in hexadecimal digits.</summary>
    public const string Session = "session";

    /// <summary>A bearer token, by its public id.</summary>
    public const string Token = "token";

    public static readonly FrozenSet<string> All = new[] { Key, Session, Token }.ToFrozenSet(StringComparer.Ordinal);
}
