using System.Diagnostics;
using Npgsql;
using Rialto.Fixtures;
using Rialto.Platform.Engines;

namespace Rialto.Platform.Tests.Engines;

public class PostgresEngineTests
{
    [Fact]
    public async Task A_fresh_cluster_is_durable_and_has_no_network_port()
    {
        await using var place = new Place();
        var engine = place.Postgres();
        await place.StartAsync(engine);
        foreach (var (setting, value) in new[] { ("fsync", "on"), ("synchronous_commit", "on"), ("full_page_writes", "on"), ("data_checksums", "on"), ("listen_addresses", "") })
            (await Place.AskAsync(engine.ConnectionString, $"SHOW {setting}")).ShouldBe(value, setting);
    }

    [Fact]
    public async Task The_application_cannot_read_files_or_run_programs_through_the_database()
    {
        await using var place = new Place();
        var engine = place.Postgres();
        await place.StartAsync(engine);
        (await Place.AskAsync(engine.ConnectionString, "SELECT rolsuper OR rolcreaterole OR rolreplication FROM pg_roles WHERE rolname = current_user")).ShouldBe(false);
        var refused = await Should.ThrowAsync<PostgresException>(() => Place.AskAsync(engine.ConnectionString, "SELECT pg_read_file('/etc/passwd')"));
        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }

    [Fact]
    public async Task Only_the_user_of_the_host_gets_in()
    {
        Assert.SkipUnless(Unix.IsRoot, "Needs root to become another user.");
        await using var place = new Place();
        var engine = place.Postgres();
        await place.StartAsync(engine);
        // Through closed directories by capability, but with a user id that is not the host's.
        using var stranger = Process.Start(new ProcessStartInfo(
            "setpriv", ["--reuid=12345", "--regid=12345", "--clear-groups", "--inh-caps=+dac_override", "--ambient-caps=+dac_override", Environment.ProcessPath!, Queues.ChildRole.Flag, "asks", engine.ConnectionString])
        { RedirectStandardOutput = true, Environment = { ["DOTNET_CLI_HOME"] = "/tmp", ["HOME"] = "/tmp" } })!;
        (await stranger.StandardOutput.ReadToEndAsync()).ShouldContain("refused 28000");
    }

    [Fact]
    public async Task Root_runs_it_as_another_user_below_a_directory_closed_to_that_user()
    {
        Assert.SkipUnless(Unix.IsRoot, "Only root becomes another user.");
        // Like a clone under /root: data and binaries below a directory that only root may enter.
        await using var place = new Place(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var home = Path.Combine(place.Directory, "native");
        using (var copy = Process.Start("cp", ["-a", EngineFiles.Postgres(), home])) await copy.WaitForExitAsync();
        var engine = place.Postgres(home);
        var supervisor = await place.StartAsync(engine);
        Unix.OwnerOf($"/proc/{supervisor.ProcessId}").ShouldNotBe(0u);
        (await Place.AskAsync(engine.ConnectionString, "SELECT 1")).ShouldBe(1);
        // One capability, not all of root's.
        var effective = File.ReadLines($"/proc/{supervisor.ProcessId}/status").Single(line => line.StartsWith("CapEff:", StringComparison.Ordinal)).Split('\t')[1];
        Convert.ToUInt64(effective, 16).ShouldBe(1ul << 2, "dac_read_search");
    }

    [Fact]
    public async Task Where_its_user_may_go_it_has_no_capability_at_all()
    {
        Assert.SkipUnless(Unix.IsRoot, "Only root becomes another user.");
        await using var place = new Place();
        var supervisor = await place.StartAsync(place.Postgres());
        File.ReadLines($"/proc/{supervisor.ProcessId}/status").ShouldContain("CapEff:\t0000000000000000");
    }

    [Fact]
    public async Task Killed_it_is_back_within_seconds_with_everything_committed()
    {
        await using var place = new Place();
        var engine = place.Postgres();
        var supervisor = await place.StartAsync(engine);
        await Place.AskAsync(engine.ConnectionString, "CREATE TABLE kept (n int)");
        for (var round = 1; round <= 3; round++)
        {
            await Place.AskAsync(engine.ConnectionString, $"INSERT INTO kept VALUES ({round})");
            await KillAndWaitAsync(engine, supervisor);
            (await Place.AskAsync(engine.ConnectionString, "SELECT count(*) FROM kept")).ShouldBe((long)round);
        }
    }

    [Fact]
    public async Task A_session_that_outlives_its_killed_server_does_not_hold_the_next_one_up()
    {
        await using var place = new Place();
        var engine = place.Postgres();
        var supervisor = await place.StartAsync(engine);
        await using var connection = new NpgsqlConnection(engine.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT count(*) FROM generate_series(1, 1000000000000)", connection) { CommandTimeout = 0 };
        var busy = command.ExecuteScalarAsync();
        await Eventually.TrueAsync(
            async () => (bool)(await Place.AskAsync(engine.ConnectionString, "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT count(*) FROM generate%' AND state = 'active')"))!,
            "the session is busy");
        await KillAndWaitAsync(engine, supervisor);
        await Should.ThrowAsync<NpgsqlException>(() => busy);
    }

    [Fact]
    public async Task Lock_files_that_name_a_living_stranger_do_not_keep_it_from_starting()
    {
        await using var place = new Place();
        var engine = place.Postgres();
        await using (await place.StartAsync(engine))
        {
            // It has run once.
        }
        var stranger = Environment.ProcessId;
        var data = Path.Combine(place.Directory, "postgres");
        var sockets = new NpgsqlConnectionStringBuilder(engine.ConnectionString).Host!;
        await File.WriteAllTextAsync(Path.Combine(data, "postmaster.pid"), $"{stranger}\n{data}\n1700000000\n5432\n{sockets}\n\n\n");
        await File.WriteAllTextAsync(Path.Combine(sockets, ".s.PGSQL.5432.lock"), $"{stranger}\n{data}\n1700000000\n5432\n{sockets}\n");
        await place.StartAsync(engine);
    }

    [Fact]
    public async Task Stopped_in_good_order_it_needs_no_recovery()
    {
        await using var place = new Place();
        var engine = place.Postgres();
        var first = await place.StartAsync(engine);
        await Place.AskAsync(engine.ConnectionString, "CREATE TABLE t (n int)");
        await first.StopAsync();
        place.Log.Forget();
        await place.StartAsync(engine);
        place.Log.Text.ShouldContain("database system was shut down at");
        place.Log.Text.ShouldNotContain("not properly shut down");
    }

    [Fact]
    public async Task A_data_directory_with_a_long_path_has_its_socket_elsewhere()
    {
        await using var place = new Place();
        var deep = string.Join('/', Enumerable.Repeat("a-directory-with-a-long-name", 5));
        Directory.CreateDirectory(Path.Combine(place.Directory, deep));
        var engine = place.Postgres(below: deep);
        await place.StartAsync(engine);
        var sockets = new NpgsqlConnectionStringBuilder(engine.ConnectionString).Host!;
        sockets.ShouldNotStartWith(place.Directory);
        (await Place.AskAsync(engine.ConnectionString, "SELECT 1")).ShouldBe(1);
        File.GetUnixFileMode(sockets).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task An_interrupted_initialisation_is_begun_anew()
    {
        await using var place = new Place();
        Directory.CreateDirectory(Path.Combine(place.Directory, "postgres.new", "base"));
        await place.StartAsync(place.Postgres());
    }

    private static async Task KillAndWaitAsync(PostgresEngine engine, Supervisor supervisor)
    {
        var before = supervisor.ProcessId;
        Unix.Send(before, Signal.Kill).ShouldBeTrue();
        await Eventually.TrueAsync(
            async () =>
            {
                try
                {
                    return supervisor.ProcessId != before && await Place.AskAsync(engine.ConnectionString, "SELECT 1") is 1;
                }
                catch (NpgsqlException)
                {
                    return false;
                }
            }, "it answers again");
    }
}
