using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Rialto.Fixtures;

namespace Rialto.System.Tests;

/// <summary>Sudden death of the host in the middle of a training, in the real product.</summary>
public sealed class TrainingKillTests : IAsyncDisposable
{
    private readonly string _data = RialtoProcess.NewDirectory();
    private RialtoProcess? _host;

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task A_training_whose_host_is_killed_leaves_the_registry_as_it_was()
    {
        _host = await RialtoProcess.StartAsync(_data);
        Guid job;
        string registry;
        using (var person = await _host.SignInAsync())
        {
            var series = await DemoSeriesAsync(person);
            await LoadWaveAsync(person);
            var small = await StartAsync(person, new { series = "wave@small", name = "waves", algorithm = "ridge", horizon = 1, lags = 3, features = Array.Empty<string>() });
            var ended = default(JsonElement);
            await Eventually.TrueAsync(async () => (ended = await JobAsync(person, small)).GetProperty("state").GetString() is not ("waiting" or "running"), "the small training ends");
            ended.GetProperty("state").GetString().ShouldBe("done", ended.ToString());
            registry = await RegistryAsync(person);
            registry.ShouldContain("\"version\":1");
            // Years of which every hour is an origin: minutes of work.
            job = await StartAsync(person, new { series, name = "waves", horizon = 48, k = 500, originEvery = 1 });
            await Eventually.TrueAsync(async () => (await JobAsync(person, job)).GetProperty("state").GetString() == "running", "it is at work");
        }
        var children = _host.Children();
        _host.Kill();
        await _host.EndedAsync();
        await Eventually.TrueAsync(() => children.All(child => !RialtoProcess.IsAlive(child)), "the engines die with the host");
        await _host.DisposeAsync();

        _host = await RialtoProcess.StartAsync(_data);
        using var again = await _host.SignInAsync();
        (await RegistryAsync(again)).ShouldBe(registry);
        var unfinished = await JobAsync(again, job);
        unfinished.GetProperty("model").ValueKind.ShouldBe(JsonValueKind.Null);
        unfinished.GetProperty("state").GetString().ShouldBeOneOf(["running", "waiting"], "it is taken up again when its lease has ended");
    }

    /// <summary>The loads of the demo are jobs that run after the start.</summary>
    private static async Task<string> DemoSeriesAsync(HttpClient person)
    {
        var loads = (await person.GetFromJsonAsync<JsonElement>("api/forecast/loads")).GetProperty("items").EnumerateArray().Select(load => load.GetProperty("id").GetGuid()).Reverse().ToArray();
        string? key = null;
        foreach (var load in loads)
        {
            await Eventually.TrueAsync(async () => (await person.GetFromJsonAsync<JsonElement>($"api/forecast/loads/{load}")).GetProperty("state").GetString() == "done", "a load of the demo ends");
            key ??= (await person.GetFromJsonAsync<JsonElement>("api/forecast/series?measure=PM2.5")).GetProperty("items").EnumerateArray()
                .Where(one => one.GetProperty("measure").GetString() == "PM2.5").Select(one => one.GetProperty("key").GetString()).FirstOrDefault();
        }
        return key.ShouldNotBeNull("the demo has a series of fine dust");
    }

    /// <summary>Sixty days of a daily wave with noise.</summary>
    private static async Task LoadWaveAsync(HttpClient person)
    {
        var random = new Random(1);
        var hours = Enumerable.Range(0, 60 * 24).Select(hour => string.Create(
            CultureInfo.InvariantCulture, $"{new DateTime(2024, 1, 1).AddHours(hour):yyyy-MM-dd'T'HH:mm:ss'Z'},small,wave,{10 + Math.Sin(hour * Math.PI / 12) + (0.2 * random.NextDouble()):F3},\n"));
        using var form = new MultipartFormDataContent
        {
            { new StringContent("long"), "preset" }, { new StringContent("time,station,measure,value,unit\n" + string.Concat(hours)), "file", "wave.csv" },
        };
        using var answer = await person.PostAsync("api/forecast/loads", form);
        answer.EnsureSuccessStatusCode();
        var load = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await Eventually.TrueAsync(async () => (await person.GetFromJsonAsync<JsonElement>($"api/forecast/loads/{load}")).GetProperty("state").GetString() == "done", "the wave is loaded");
    }

    private static async Task<Guid> StartAsync(HttpClient person, object request)
    {
        using var answer = await person.PostAsJsonAsync("api/forecast/models", request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }

    private static Task<JsonElement> JobAsync(HttpClient person, Guid job) => person.GetFromJsonAsync<JsonElement>($"api/forecast/jobs/{job}");

    private static async Task<string> RegistryAsync(HttpClient person) => (await person.GetFromJsonAsync<JsonElement>("api/forecast/models")).GetRawText();
}
