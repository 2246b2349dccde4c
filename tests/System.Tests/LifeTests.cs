using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rialto.Fixtures;

namespace Rialto.System.Tests;

/// <summary>Start and stop of the real binary.</summary>
public sealed partial class LifeTests(HostFixture fixture, ITestOutputHelper output) : IDisposable
{
    private readonly string _data = RialtoProcess.NewDirectory();

    public void Dispose() => Directory.Delete(_data, recursive: true);

    /// <summary>All of them together is the fixture's host; which subsets can be composed at all, <see cref="RouteTests"/> tries without processes.</summary>
    [Fact]
    public async Task The_platform_alone_and_each_module_alone_boot_and_stop_in_good_order_with_their_engines()
    {
        var names = Host.Modules.All.Select(module => module.Name).ToArray();
        names.ShouldNotBeEmpty();
        foreach (var modules in names.Prepend("none"))
        {
            var beganAt = TimeProvider.System.GetTimestamp();
            await using var host = await RialtoProcess.StartAsync(_data, "--modules", modules);
            output.WriteLine($"modules {modules}: ready after {TimeProvider.System.GetElapsedTime(beganAt).TotalSeconds:0.0} s");
            using var client = await host.SignInAsync();
            var me = await client.GetFromJsonAsync<JsonElement>("api/identity/me");
            me.GetProperty("modules").EnumerateArray().Select(name => name.GetString()).ShouldBe(modules == "none" ? [] : [modules]);

            var children = host.Children();
            host.Child("rialto-engine").ShouldNotBeNull();
            host.Child("postgres").ShouldNotBeNull();
            beganAt = TimeProvider.System.GetTimestamp();
            (await host.StopAsync()).ShouldBe(0);
            output.WriteLine($"modules {modules}: stopped after {TimeProvider.System.GetElapsedTime(beganAt).TotalSeconds:0.0} s");
            host.Output.ShouldNotContain(" error ");
            host.Output.ShouldNotContain("ended by force");
            children.ShouldAllBe(child => !Directory.Exists($"/proc/{child}"));
        }
    }

    [Fact]
    public async Task A_second_host_on_the_same_data_is_refused_and_told_why()
    {
        await using var second = RialtoProcess.Launch(fixture.Data);
        await second.EndedAsync();
        second.Output.ShouldContain($"in use by another Rialto (process {fixture.Host.ProcessId})");
        second.ExitCode.ShouldBe(1);
        using var client = fixture.Host.Client();
        (await client.GetAsync("health/live")).StatusCode.ShouldBe(HttpStatusCode.OK, "the first goes on");
    }

    [Fact]
    public async Task A_taken_port_is_told_at_once()
    {
        await using var second = RialtoProcess.Launch(_data, "--port", fixture.Host.Address.Port.ToString());
        await second.EndedAsync();
        second.Output.ShouldContain($"Port {fixture.Host.Address.Port} is taken by another program. Set RIALTO_PORT to a free one.");
        second.ExitCode.ShouldBe(1);
        Directory.EnumerateFileSystemEntries(_data).ShouldBeEmpty();
    }

    [Fact]
    public async Task Wrong_settings_are_all_named_and_nothing_starts()
    {
        await using var host = RialtoProcess.Launch(_data, "--port", "80x", "--node-id", "4096");
        await host.EndedAsync();
        host.ExitCode.ShouldBe(2);
        host.Output.ShouldContain("--port is \"80x\", but it must be a whole number from 0 to 65535.");
        host.Output.ShouldContain("--node-id is \"4096\"");
        Directory.EnumerateFileSystemEntries(_data).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_unknown_module_is_named_with_those_there_are()
    {
        await using var host = RialtoProcess.Launch(_data, "--modules", "logs,shop");
        await host.EndedAsync();
        host.ExitCode.ShouldBe(2);
        host.Output.ShouldContain("RIALTO_MODULES names shop, but the modules are logs");
        Directory.EnumerateFileSystemEntries(_data).ShouldBeEmpty();
    }

    [Fact]
    public async Task Outside_demo_mode_the_demo_accounts_and_key_do_not_work_any_more_and_syslog_is_refused_until_a_sender_is_entered()
    {
        await using (var demo = await RialtoProcess.StartAsync(_data))
        {
            using var client = await demo.SignInAsync();
        }
        await using var host = await RialtoProcess.StartAsync(_data, "--demo", "off", "--bind", "127.0.0.1", "--syslog-port", "any");
        host.Output.ShouldNotContain("demo key");
        using var stranger = host.Client();
        (await stranger.PostAsJsonAsync("api/identity/sign-in", new { email = RialtoProcess.Administrator, password = RialtoProcess.Password })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        stranger.DefaultRequestHeaders.Add("X-Api-Key", RialtoProcess.Key);
        (await stranger.GetAsync("api/platform/status")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var port = int.Parse(ListeningLine().Match(host.Output).Groups[1].Value);
        await SendSyslogAsync(port);
        await Eventually.TrueAsync(() => host.Output.Contains("Syslog from 127.0.0.1 is refused", StringComparison.Ordinal), "the refusal is told");
        var tenant = await Tenant.CreateAsync(_data, host, "routers");
        await tenant.SqlAsync("INSERT INTO logs.syslog_source (network, application) VALUES ('127.0.0.0/8', $1)");
        // The entry holds within five seconds.
        await Eventually.TrueAsync(
            async () =>
            {
                await SendSyslogAsync(port);
                return await tenant.StoredAsync("groupUniqArray(Body)") == "\"['link down']\"";
            },
            "records of a sender who is entered are taken");
    }

    private static async Task SendSyslogAsync(int port)
    {
        try
        {
            using var sender = new TcpClient();
            await sender.ConnectAsync(IPAddress.Loopback, port);
            await sender.GetStream().WriteAsync("<11>1 - router-1 - - - - link down\n"u8.ToArray());
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            // Who is refused is hung up on.
        }
    }

    [GeneratedRegex(@"Syslog listens on TCP and UDP port (\d+)")]
    private static partial Regex ListeningLine();
}
