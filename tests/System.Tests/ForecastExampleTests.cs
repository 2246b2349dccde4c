using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rialto.Fixtures;
using Rialto.Platform.Identity;

namespace Rialto.System.Tests;

/// <summary>
/// The examples of docs/forecast.md and of the developers' page, run as they stand against the real host, in an organization of its own. Those of one language in the guide are one program, in its order.
/// </summary>
public sealed partial class ForecastExampleTests(HostFixture fixture, ForecastExampleTests.Given given) : IClassFixture<ForecastExampleTests.Given>
{
    [Fact]
    public async Task The_guide_in_the_shell()
    {
        Assert.SkipUnless(Programs.Find("curl") is not null && Programs.Find("bash") is not null, "curl or bash is not installed");
        var printed = await ShellAsync(Guide("sh"));
        printed.ShouldContain("\"validatedHorizon\"");
        printed.ShouldContain("\"kind\":\"openaq\"");
        printed.ShouldContain("\"text\":\"rk_");
        var madrid = (await given.LoadsEndAsync()).First(load => load.GetProperty("name").GetString() == "stations.csv");
        (madrid.GetProperty("state").GetString(), madrid.GetProperty("added").GetInt64() + madrid.GetProperty("unchanged").GetInt64(), madrid.GetProperty("rejected").GetInt64()).ShouldBe(("done", 2, 0));
    }

    [Fact]
    public async Task The_guide_in_Python()
    {
        var printed = await PythonAsync(Guide("python"));
        printed.ShouldContain("2017-03-01T00:00:00");
        printed.ShouldContain("done 1");
        printed.ShouldContain("'passed'");
    }

    [Fact]
    public async Task The_guide_in_CSharp() => Lines(await CSharpAsync(Guide("csharp"))).Length.ShouldBe(24);

    [Fact]
    public async Task The_guide_in_TypeScript() => Lines(await NodeAsync(await PlainAsync(Guide("typescript")))).Length.ShouldBe(24);

    [Theory]
    [InlineData("predict", "\"points\"")]
    [InlineData("load", "\"state\":\"waiting\"")]
    [InlineData("train", "\"state\":\"waiting\"")]
    public async Task The_page_in_the_shell(string task, string printed)
    {
        Assert.SkipUnless(Programs.Find("curl") is not null && Programs.Find("bash") is not null, "curl or bash is not installed");
        (await ShellAsync(await PageAsync(task, "curl"))).ShouldContain(printed);
    }

    [Theory]
    [InlineData("predict", "validated for")]
    [InlineData("load", "/api/forecast/loads/")]
    [InlineData("train", "done 1")]
    public async Task The_page_in_Python(string task, string printed) => (await PythonAsync(await PageAsync(task, "python"))).ShouldContain(printed);

    [Theory]
    [InlineData("predict", "2017-02-28")]
    [InlineData("load", "/api/forecast/loads/")]
    [InlineData("train", "\"kind\":\"train\"")]
    public async Task The_page_in_CSharp(string task, string printed) => (await CSharpAsync(await PageAsync(task, "csharp"))).ShouldContain(printed);

    private static string Guide(string language)
    {
        var blocks = Block().Matches(File.ReadAllText(Path.Combine(Checkout.Root, "docs/forecast.md"))).Where(block => block.Groups[1].Value == language).Select(block => block.Groups[2].Value).ToArray();
        blocks.ShouldNotBeEmpty();
        return string.Join('\n', blocks);
    }

    /// <summary>An example of the page for this host, asked of the page's own source.</summary>
    private async Task<string> PageAsync(string task, string language)
    {
        var source = await PlainAsync(await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "web/src/features/forecast/developers/examples.ts")));
        return await NodeAsync($$"""
            {{source}}
            process.stdout.write(examples.{{task}}.{{language}}({ origin: '{{fixture.Host.Address.ToString().TrimEnd('/')}}', series: 'PM2.5@Dongsi', horizon: 24 }))
            """);
    }

    private Task<string> ShellAsync(string script) => RunAsync("bash", ["-euo", "pipefail", "-c", "curl() { command curl -sS --fail-with-body \"$@\"; echo; }\n" + script]);

    private async Task<string> PythonAsync(string program)
    {
        Assert.SkipUnless(Programs.Find("python3") is not null, "python3 is not installed");
        Assert.SkipUnless(await RunsAsync("python3", "-c", "import requests"), "python3 has no module requests");
        return await RunAsync("python3", ["-c", program]);
    }

    private async Task<string> CSharpAsync(string program)
    {
        Assert.SkipUnless(Programs.Find("dotnet") is not null, "dotnet is not installed");
        var file = Path.Combine(given.Files, "example.cs");
        // Nothing that would outlive the test or ask a registry.
        await File.WriteAllTextAsync(file, "#:property PublishAot=false\n#:property UseSharedCompilation=false\n" + program);
        return await RunAsync("dotnet", ["run", file]);
    }

    private Task<string> NodeAsync(string program)
    {
        Assert.SkipUnless(Programs.Find("node") is not null, "node is not installed");
        return RunAsync("node", ["--input-type=module", "-e", program]);
    }

    /// <summary>TypeScript without its types.</summary>
    private async Task<string> PlainAsync(string program)
    {
        Assert.SkipUnless(Programs.Find("node") is not null, "node is not installed");
        var compiler = Path.Combine(Checkout.Root, "node_modules/typescript/lib/typescript.js");
        Assert.SkipUnless(File.Exists(compiler), "the packages of the pages are not installed");
        var file = Path.Combine(given.Files, "example.ts");
        await File.WriteAllTextAsync(file, program);
        return await RunAsync("node", ["-e", $"const ts = require('{compiler}'); process.stdout.write(ts.transpileModule(require('fs').readFileSync('{file}', 'utf8'), {{ compilerOptions: {{ target: 'ES2022', module: 'ESNext' }} }}).outputText)"]);
    }

    private async Task<string> RunAsync(string program, string[] arguments)
    {
        var (code, output, errors) = await StartAsync(program, arguments);
        code.ShouldBe(0, $"{program}: {errors}{output}");
        return output;
    }

    private async Task<bool> RunsAsync(string program, params string[] arguments) => (await StartAsync(program, arguments)).Code == 0;

    private async Task<(int Code, string Output, string Errors)> StartAsync(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(Programs.Find(program)!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = given.Files };
        foreach (var (name, value) in new (string, string)[]
        {
            ("RIALTO_URL", fixture.Host.Address.ToString().TrimEnd('/')), ("RIALTO_KEY", given.Key), ("EMAIL", RialtoProcess.Administrator), ("PASSWORD", RialtoProcess.Password),
            ("APPLICATION", given.Application), ("MSBUILDDISABLENODEREUSE", "1"), ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"), ("PYTHONUTF8", "1"),
        })
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output, await errors);
    }

    private static string[] Lines(string printed) => printed.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    /// <summary>An organization with a key, two stations, and a directory with the files that the examples load.</summary>
    public sealed class Given(HostFixture fixture) : IAsyncLifetime
    {
        private const string Table = "PRSA_Data_Dongsi_20130301-20170228.csv";

        private readonly string _key = "e" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

        public string Files { get; } = Directory.CreateTempSubdirectory("rialto-examples-").FullName;

        public string Key => $"rk_{_key}_0123456789abcdef0123456789abcdef";

        /// <summary>One that an administrator may make keys of.</summary>
        public string Application { get; private set; } = "";

        public async ValueTask InitializeAsync()
        {
            await MakeOrganizationAsync();
            await File.WriteAllTextAsync(Path.Combine(Files, Table), Station("Dongsi", 2));
            await using (var packed = new GZipStream(File.Create(Path.Combine(Files, Table + ".gz")), CompressionLevel.Fastest))
                await packed.WriteAsync(Encoding.UTF8.GetBytes(Station("Dongsi", 2)));
            await File.WriteAllTextAsync(Path.Combine(Files, "stations.csv"), "fecha;estacion;NO2\n29/03/2020 01:00;Retiro;31\n29/03/2020 03:00;Retiro;33\n");
            using var client = fixture.Host.KeyClient(Key);
            foreach (var (station, seed) in new[] { ("Dongsi", 2), ("Shunyi", 3) })
            {
                using var form = new MultipartFormDataContent { { new StringContent("prsa"), "preset" }, { new StringContent(Station(station, seed)), "file", station + ".csv" } };
                (await client.PostAsync("api/forecast/loads", form)).EnsureSuccessStatusCode();
            }
            (await LoadsEndAsync()).ShouldAllBe(load => load.GetProperty("state").GetString() == "done");
        }

        public ValueTask DisposeAsync()
        {
            Directory.Delete(Files, recursive: true);
            return ValueTask.CompletedTask;
        }

        /// <summary>Keys are made in the demo's organization, where there is somebody to sign in; series are kept apart from it.</summary>
        private async Task MakeOrganizationAsync()
        {
            await using var postgres = Engines.Postgres(fixture.Data);
            await using var insert = postgres.CreateCommand(
                """
                WITH made AS (
                    INSERT INTO identity.organization (id, name) VALUES ($1, $2) RETURNING id
                ), application AS (
                    INSERT INTO identity.application (id, organization_id, name) SELECT $1, id, $2 FROM made RETURNING id
                ), keyed AS (
                    INSERT INTO identity.api_key (id, secret_hash, application_id, name, permissions) SELECT $2, $3, id, $2, $4 FROM application
                )
                SELECT id::text FROM identity.application WHERE organization_id = (SELECT organization_id FROM identity.app_user WHERE demo ORDER BY id LIMIT 1) ORDER BY number LIMIT 1
                """);
            insert.Parameters.Add(new() { Value = Guid.CreateVersion7() });
            insert.Parameters.Add(new() { Value = _key });
            insert.Parameters.Add(new() { Value = SHA256.HashData(Encoding.ASCII.GetBytes(Key)) });
            insert.Parameters.Add(new() { Value = new[] { Permission.ForecastRead, Permission.ForecastWrite, Permission.ForecastManage } });
            Application = (string)(await insert.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }

        public async Task<JsonElement[]> LoadsEndAsync()
        {
            using var client = fixture.Host.KeyClient(Key);
            JsonElement[] loads = [];
            await Eventually.TrueAsync(async () =>
            {
                loads = [.. (await client.GetFromJsonAsync<JsonElement>("api/forecast/loads")).GetProperty("items").EnumerateArray()];
                return loads.All(load => load.GetProperty("state").GetString() is not ("waiting" or "running"));
            }, "all loads end");
            return loads;
        }

        /// <summary>Four months of fine dust up to the end of the real table, in its form.</summary>
        private static string Station(string station, int seed)
        {
            var random = new Random(seed);
            var text = new StringBuilder("No,year,month,day,hour,PM2.5,PM10,SO2,NO2,CO,O3,TEMP,PRES,DEWP,RAIN,wd,WSPM,station\n");
            var first = new DateTime(2016, 11, 1);
            double level = 0;
            for (var at = first; at < new DateTime(2017, 3, 1); at = at.AddHours(1))
            {
                level = (0.99 * level) + (0.2 * (random.NextDouble() - 0.5));
                double value = 60 * Math.Exp(level + (0.5 * Math.Sin(2 * Math.PI * at.Hour / 24)) + (0.1 * random.NextDouble()));
                text.Append(CultureInfo.InvariantCulture, $"{(at - first).TotalHours + 1},{at.Year},{at.Month},{at.Day},{at.Hour},{value:F1},NA,NA,NA,NA,NA,{10 * Math.Sin(at.Hour):F1},NA,NA,NA,NA,NA,{station}\n");
            }
            return text.ToString();
        }
    }
}
