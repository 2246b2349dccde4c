using System.Globalization;
using Dapper;
using Npgsql;
using Rialto.Platform.Identity.PersonalData;

namespace Rialto.Logs.Applications;

/// <summary>
/// Records are texts of applications: nothing in them is known to be a person, so none is found for him and none is taken out. They go when their time ends, and
/// that is said wherever a person's data is shown or erased.
/// </summary>
internal sealed class RecordsPersonalData(TimeProvider clock) : IKeepPersonalData
{
    public Task<object?> CollectAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop) => Task.FromResult<object?>(null);

    public async Task<IReadOnlyList<Stays>> StaysAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop)
    {
        var longest = await transaction.Connection!.QuerySingleAsync<int>(new CommandDefinition(
            """
            SELECT coalesce(max(coalesce(a.retention_days, @DefaultDays)), @DefaultDays)::int
              FROM identity.app_user u JOIN identity.application a ON a.organization_id = u.organization_id WHERE u.id = @person
            """,
            new { person, DefaultDays = (int)Retention.DefaultDays }, transaction, cancellationToken: stop));
        var days = Retention.ClassOf(longest);
        return
        [
            new Stays("records",
                $"Records are what applications sent. Nothing in them is known to be a person, so they are neither searched for one nor changed. Each goes at the end of the time agreed with its application, now at most {days} days; search for what an application may have written of the person, for example an address.",
                clock.GetUtcNow().AddDays(days), new Dictionary<string, string> { ["days"] = days.ToString(CultureInfo.InvariantCulture) }),
        ];
    }

    public Task<Stays?> EraseAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop) => Task.FromResult<Stays?>(null);
}
