using System.Net;
using System.Security.Cryptography;
using System.Text;
using Rialto.Fixtures;
using Rialto.Platform.Engines;

namespace Rialto.System.Tests;

/// <summary>ClickHouse does not take what is sent, and the room for what waits is small.</summary>
public sealed class SpoolFullTests : IDisposable
{
    private const int BatchRecords = 100;

    private readonly string _data = RialtoProcess.NewDirectory();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task A_full_spool_refuses_with_503_and_takes_again_when_there_is_room_and_nothing_acknowledged_is_lost()
    {
        await using var host = await RialtoProcess.StartAsync(_data, "--spool-bytes", "1048576");
        var tenant = await Tenant.CreateAsync(_data, host, "flood");
        await (await tenant.SendAsync(Batch())).ShouldBeTakenAsync(BatchRecords);
        var acknowledged = BatchRecords;
        var engine = host.Child("rialto-engine")!.Value;
        Unix.Send(engine, Signal.Stop);
        HttpResponseMessage answer = null!;
        try
        {
            await Eventually.TrueAsync(
                async () =>
                {
                    answer = await tenant.SendAsync(Batch());
                    if (answer.IsSuccessStatusCode) acknowledged += BatchRecords;
                    return !answer.IsSuccessStatusCode;
                },
                "the spool is full");
            answer.Headers.RetryAfter!.Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
            await answer.ShouldBeProblemAsync(HttpStatusCode.ServiceUnavailable, "spool-full");
        }
        finally
        {
            Unix.Send(engine, Signal.Continue);
        }

        await Eventually.TrueAsync(async () => (await tenant.SendAsync(Batch())).IsSuccessStatusCode, "there is room again");
        acknowledged += BatchRecords;
        await Eventually.TrueAsync(async () => await tenant.StoredAsync("concat(count(), ' ', uniqExact(Seq))") == $"\"{acknowledged} {acknowledged}\"", "every acknowledged record is found once");
    }

    [Fact]
    public async Task An_application_whose_records_wait_in_the_spool_is_not_deleted_and_they_are_found_afterwards()
    {
        await using var host = await RialtoProcess.StartAsync(_data);
        var tenant = await Tenant.CreateAsync(_data, host, "leaving");
        using var administrator = await host.SignInAsync();
        var address = $"api/admin/applications/{await tenant.SqlAsync("SELECT id FROM identity.application WHERE number = $1")}";
        var engine = host.Child("rialto-engine")!.Value;
        Unix.Send(engine, Signal.Stop);
        try
        {
            await (await tenant.SendAsync("{}")).ShouldBeTakenAsync(1);
            await tenant.SqlAsync("UPDATE identity.api_key SET revoked_at = now() WHERE application_id = (SELECT id FROM identity.application WHERE number = $1)");
            var problem = await (await administrator.DeleteAsync(address)).ShouldBeProblemAsync(HttpStatusCode.Conflict, "application-in-use");
            problem.GetProperty("use").GetString().ShouldBe("records on their way (node 0)");
        }
        finally
        {
            Unix.Send(engine, Signal.Continue);
        }

        await Eventually.TrueAsync(async () => await tenant.StoredAsync("count()") == "1", "the record is found");
        (await administrator.DeleteAsync(address)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    /// <summary>About 200 kB that do not compress.</summary>
    private static string Batch()
    {
        var lines = new StringBuilder();
        for (var i = 0; i < BatchRecords; i++) lines.Append("{\"message\":\"").Append(Convert.ToHexString(RandomNumberGenerator.GetBytes(1000))).Append("\"}\n");
        return lines.ToString();
    }
}
