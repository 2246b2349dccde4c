using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Rialto.Simulators.Mail;

namespace Rialto.Simulators.Tests;

/// <summary>The real executable: its line on stdout, its end, and what it remembers.</summary>
public sealed class ProcessTests
{
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "rialto-simulators.dll");

    [Fact]
    public async Task Effects_survive_a_kill_when_a_state_file_is_given()
    {
        var state = Path.Combine(Directory.CreateTempSubdirectory("rialto-sim-").FullName, "state.jsonl");
        var (first, urls) = await RunAsync("--mail", "0", "--state", state);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Authorization", "Bearer " + MailVendor.ApiKey);
        var mail = new { from = "a@example.test", to = "b@example.test", subject = "Hello", text = "x" };
        for (var number = 0; number < 5; number++)
            (await http.PostAsJsonAsync($"{urls["mail"]}/emails", mail)).EnsureSuccessStatusCode();
        first.Kill();
        await first.WaitForExitAsync();
        // A write cut in two by the kill must not keep the next start from reading what came before.
        await File.AppendAllTextAsync(state, "{\"table\":\"mail.mails\",\"key\":\"half");

        var (second, again) = await RunAsync("--mail", "0", "--state", state);
        (await http.GetFromJsonAsync<JsonElement>($"{again["mail"]}/_sim/effects")).GetProperty("mails").GetArrayLength().ShouldBe(5);
        second.Kill();
        await second.WaitForExitAsync();
    }

    [Fact]
    public async Task It_ends_when_its_parent_does()
    {
        var (process, _) = await RunAsync("--mail", "0", "--exit-with-parent");
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(deadline.Token);
        process.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Without_arguments_every_vendor_and_the_control_have_a_port()
    {
        var (process, urls) = await RunAsync();
        urls.Keys.Order().ShouldBe(["control", "mail", "memberson", "quaybook", "sevenrooms", "stripe"]);
        process.Kill();
        await process.WaitForExitAsync();
    }

    [Fact]
    public async Task A_wrong_argument_is_told_with_the_usage()
    {
        using var process = Start("--maail", "0");
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(2);
        error.ShouldContain("--maail");
        error.ShouldContain("--exit-with-parent");
    }

    private static async Task<(Process Process, Dictionary<string, string> Urls)> RunAsync(params string[] arguments)
    {
        var process = Start(arguments);
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        var ready = JsonSerializer.Deserialize<JsonElement>(line ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync()));
        return (process, ready.GetProperty("urls").Deserialize<Dictionary<string, string>>()!);
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Executable, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
