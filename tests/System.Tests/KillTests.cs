using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Engines;

namespace Rialto.System.Tests;

/// <summary>Sudden death of the host, the engine and PostgreSQL, in turn and under load, in the real product.</summary>
public sealed class KillTests(ITestOutputHelper output) : IAsyncDisposable
{
    private const int Rounds = 2;
    private const string Run = "kill";

    private readonly string _data = RialtoProcess.NewDirectory();
    private readonly NumberedSenders _senders = new(Run);
    private RialtoProcess? _host;

    public async ValueTask DisposeAsync()
    {
        await _senders.DisposeAsync();
        if (_host is not null) await _host.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    [Fact]
    public async Task Whoever_is_killed_every_acknowledged_record_is_found_exactly_once()
    {
        _host = await RialtoProcess.StartAsync(_data);
        using var person = await _host.SignInAsync();
        _senders.Address = _host.Address;
        _senders.Start();
        for (var round = 0; round < Rounds; round++)
        {
            await _senders.FlowAsync();
            await KillChildAsync("rialto-engine");
            await _senders.FlowAsync();
            await KillChildAsync("postgres");
            await _senders.FlowAsync();
            await KillHostAsync();
        }
        await _senders.FlowAsync();

        var acknowledged = await _senders.StopAsync();
        await ShouldBeFoundOnceAsync(acknowledged, person);
    }

    private async Task KillChildAsync(string name)
    {
        var victim = _host!.Child(name) ?? throw new InvalidOperationException($"There is no {name}.");
        Unix.Send(victim, Signal.Kill);
        using var client = _host.Client();
        await Eventually.TrueAsync(async () => _host.Child(name) is { } next && next != victim && await IsReadyAsync(client), $"{name} is back");
    }

    private async Task KillHostAsync()
    {
        var children = _host!.Children();
        children.Length.ShouldBeGreaterThanOrEqualTo(2);
        _host.Kill();
        await _host.EndedAsync();
        await Eventually.TrueAsync(() => children.All(child => !RialtoProcess.IsAlive(child)), "the engines die with the host");
        await _host.DisposeAsync();
        _host = await RialtoProcess.StartAsync(_data);
        _senders.Address = _host.Address;
    }

    private async Task ShouldBeFoundOnceAsync(IReadOnlyList<long> acknowledged, HttpClient person)
    {
        using var clickHouse = Engines.ClickHouse(_data);
        HashSet<long> found = [];
        await Eventually.TrueAsync(async () => (found = await NumbersAsync(clickHouse)).IsSupersetOf(acknowledged), "every acknowledged record is found");
        output.WriteLine($"{_senders.SentCount} records sent, {acknowledged.Count} acknowledged, {found.Count} found, 0 of the acknowledged missing");
        acknowledged.Count.ShouldBeGreaterThan(Rounds * 3000);

        // Everything that was on disk is loaded, so nothing can change these any more.
        await Eventually.TrueAsync(async () => await PendingAsync(person) == 0, "the spool is empty");
        (await clickHouse.TextAsync($"SELECT n, count() FROM (SELECT AttributesNumber['n'] AS n FROM logs WHERE Attributes['run'] = '{Run}') GROUP BY n HAVING count() > 1 LIMIT 10 FORMAT CSV")).ShouldBeEmpty("doubled");
        (await clickHouse.TextAsync("SELECT count() - uniqExact(Seq) FROM logs WHERE ServiceName = 'killed'")).ShouldBe("0", "each record has a sequence of its own");
        // The counts by the minute are fed by the same inserts, so they tell of doubled and lost ones too.
        (await clickHouse.TextAsync("SELECT (SELECT sum(Rows) FROM logs_1m WHERE ServiceName = 'killed') - (SELECT count() FROM logs WHERE ServiceName = 'killed')")).ShouldBe("0");
        var aside = Path.Combine(_data, "logs", "spool", "aside");
        (Directory.Exists(aside) ? Directory.GetFiles(aside) : []).ShouldBeEmpty("no segment was set aside");

        using var client = _host!.KeyClient();
        var histogram = await client.GetFromJsonAsync<JsonElement>($"api/logs/histogram?q=run:{Run}&from=now-1h&to=now");
        histogram.GetProperty("total").GetInt64().ShouldBeGreaterThanOrEqualTo(acknowledged.Count);
    }

    private static async Task<HashSet<long>> NumbersAsync(ClickHouseClient clickHouse)
    {
        var text = await clickHouse.TextAsync($"SELECT DISTINCT toUInt64(AttributesNumber['n']) FROM logs WHERE Attributes['run'] = '{Run}' FORMAT TSV");
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => long.Parse(line, CultureInfo.InvariantCulture))];
    }

    /// <summary>Asked with the session that was opened before all of this: what PostgreSQL has confirmed is there too.</summary>
    private async Task<long> PendingAsync(HttpClient person)
    {
        var status = await person.GetFromJsonAsync<JsonElement>(new Uri(_host!.Address, "api/platform/status"));
        var detail = status.GetProperty("parts").EnumerateArray().Single(part => part.GetProperty("name").GetString() == "logs.spool").GetProperty("detail").GetString()!;
        return long.Parse(detail[..detail.IndexOf(' ')], CultureInfo.InvariantCulture);
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("health/ready");
        return answer.IsSuccessStatusCode;
    }
}
