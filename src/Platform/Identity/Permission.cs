using System.Collections.Frozen;
using System.Reflection;

namespace Rialto.Platform.Identity;

/// <summary>
/// What a caller may do, as <c>area.verb</c>. Endpoints demand one (<see cref="Authorization.RequirePermission{TBuilder}"/>), roles grant sets of them,
/// API keys carry a list of them. <c>read</c> shows, <c>write</c> adds or changes business data, <c>manage</c> changes how the area works.
/// </summary>
public static class Permission
{
    public const string LogsRead = "logs.read";
    public const string LogsWrite = "logs.write";
    public const string LogsManage = "logs.manage";
    public const string StoreRead = "store.read";
    public const string StoreWrite = "store.write";
    public const string StoreManage = "store.manage";
    public const string ClubRead = "club.read";
    public const string ClubWrite = "club.write";
    public const string ClubManage = "club.manage";
    public const string MessagingRead = "messaging.read";
    public const string MessagingWrite = "messaging.write";
    public const string MessagingManage = "messaging.manage";
    public const string ForecastRead = "forecast.read";
    public const string ForecastWrite = "forecast.write";
    public const string ForecastManage = "forecast.manage";
    public const string InsightsRead = "insights.read";
    public const string InsightsManage = "insights.manage";

    /// <summary>Status of every part, queues, parked work.</summary>
    public const string PlatformRead = "platform.read";

    /// <summary>Retry, pause, discard, replay.</summary>
    public const string PlatformManage = "platform.manage";

    /// <summary>Organizations, users, keys: names and states, never secrets.</summary>
    public const string IdentityRead = "identity.read";

    /// <summary>Creates and revokes users, keys and sessions.</summary>
    public const string IdentityManage = "identity.manage";

    public static readonly FrozenSet<string> All = typeof(Permission).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What each allows, for people who make roles and keys.</summary>
    public static readonly FrozenDictionary<string, string> Descriptions = new Dictionary<string, string>
    {
        [LogsRead] = "Search and watch records.",
        [LogsWrite] = "Send records.",
        [LogsManage] = "Change how records are taken, kept and alerted on.",
        [StoreRead] = "See products, orders and stock.",
        [StoreWrite] = "Change products, orders and stock.",
        [StoreManage] = "Change how the store works.",
        [ClubRead] = "See members, bookings and points.",
        [ClubWrite] = "Act for members: bookings, points, payments.",
        [ClubManage] = "Change how the club works.",
        [MessagingRead] = "Read conversations of the organization.",
        [MessagingWrite] = "Write in conversations.",
        [MessagingManage] = "Change how messaging works.",
        [ForecastRead] = "See series and forecasts.",
        [ForecastWrite] = "Add series and make forecasts.",
        [ForecastManage] = "Change how forecasts are made.",
        [InsightsRead] = "See reports and key figures.",
        [InsightsManage] = "Make and change reports.",
        [PlatformRead] = "See the state of every part, queues and parked work.",
        [PlatformManage] = "Retry, pause, discard and replay work; change configuration, routes, plans and secrets; see all organizations.",
        [IdentityRead] = "See people, roles, applications, keys and the audit, never secrets.",
        [IdentityManage] = "Invite, change and remove people, roles, applications and keys.",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
