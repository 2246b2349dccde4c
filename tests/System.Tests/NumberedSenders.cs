using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Rialto.Fixtures;

namespace Rialto.System.Tests;

/// <summary>
/// Sends records that carry a number each, from several connections at once, and remembers which were acknowledged. A number is sent once, whatever
/// the answer was: so a number that is found twice was doubled by Rialto, and an acknowledged one that is not found was lost by it.
/// </summary>
internal sealed class NumberedSenders(string run) : IAsyncDisposable
{
    private const int Connections = 4;
    private const int BatchRecords = 10;

    /// <summary>Some thousand records a second: a steady load that leaves the machine to the recovery.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<long> _acknowledged = [];
    private Task[] _loops = [];
    private volatile Uri? _address;
    private long _next;

    /// <summary>Where to send; it changes when the host was started again.</summary>
    public Uri Address
    {
        set => _address = value;
    }

    public int AcknowledgedCount
    {
        get
        {
            lock (_acknowledged) return _acknowledged.Count;
        }
    }

    public long SentCount => Interlocked.Read(ref _next);

    public void Start() => _loops = [.. Enumerable.Range(0, Connections).Select(_ => Task.Run(SendAsync))];

    /// <summary>Ends the load and returns the numbers that were acknowledged.</summary>
    public async Task<IReadOnlyList<long>> StopAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_loops);
        return _acknowledged;
    }

    /// <summary>Waits until so many more were acknowledged: the load runs, through and after whatever happened.</summary>
    public async Task FlowAsync(int more = 1000)
    {
        var goal = AcknowledgedCount + more;
        await Eventually.TrueAsync(() => AcknowledgedCount >= goal, $"{more} more records are acknowledged");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private async Task SendAsync()
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Add("X-Api-Key", RialtoProcess.Key);
        while (!_stop.IsCancellationRequested)
        {
            var first = Interlocked.Add(ref _next, BatchRecords) - BatchRecords;
            if (await IsAcknowledgedAsync(client, first))
            {
                lock (_acknowledged) _acknowledged.AddRange(Enumerable.Range(0, BatchRecords).Select(offset => first + offset));
            }
            await Task.Delay(Pause);
        }
    }

    private async Task<bool> IsAcknowledgedAsync(HttpClient client, long first)
    {
        var lines = new StringBuilder();
        for (var number = first; number < first + BatchRecords; number++)
            lines.Append($$"""{"level":"info","service":"killed","message":"record {{number}}","run":"{{run}}","n":{{number}}}""").Append('\n');
        try
        {
            using var answer = await client.PostAsync(new Uri(_address!, "api/logs/records"), new StringContent(lines.ToString(), Encoding.UTF8, "application/x-ndjson"));
            if (!answer.IsSuccessStatusCode) return false;
            return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accepted").GetInt32() == BatchRecords;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or JsonException)
        {
            // Killed in the middle: nobody knows whether these were kept. They may be found, once.
            return false;
        }
    }
}
