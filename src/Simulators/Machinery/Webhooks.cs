using System.Text;
using System.Threading.Channels;

namespace Rialto.Simulators.Machinery;

internal sealed record WebhookEndpoint(string Url, string? Secret = null);

internal sealed record WebhookDelivery(
    string Id, long Number, string EventType, string Body, string Url, DateTimeOffset DueAt, int Attempts, string State, string? LastError, bool Forged = false);

/// <summary>
/// A vendor's webhooks: kept until an endpoint took them (2xx), tried again at growing intervals, in the order of their making unless
/// a fault says otherwise. Due times are the simulated clock's, so a late webhook comes when time is moved.
/// </summary>
internal sealed class Webhooks(Vendor vendor)
{
    private static readonly TimeSpan[] Ladder =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromHours(1),
        TimeSpan.FromHours(6), TimeSpan.FromHours(24), TimeSpan.FromHours(48),
    ];

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Table<WebhookDelivery>? deliveries;
    private Table<EndpointRow>? endpoints;
    private readonly Dictionary<string, WebhookDelivery> pending = [];
    private long number;

    /// <summary>Opens the tables; called once the vendor is constructed.</summary>
    public void Open()
    {
        deliveries = new Table<WebhookDelivery>(vendor.Simulation.Journal, vendor.Name, "webhooks", TableKind.Effect, row => row.Id);
        endpoints = new Table<EndpointRow>(vendor.Simulation.Journal, vendor.Name, "webhook-endpoints", TableKind.Seed, row => row.Url);
        foreach (var row in deliveries.Rows.Where(row => row.State == "pending"))
            pending[row.Id] = row;
        number = deliveries.Rows.Count == 0 ? 0 : deliveries.Rows.Max(row => row.Number);
    }

    public IReadOnlyList<WebhookEndpoint> Endpoints
    {
        get
        {
            lock (vendor.Gate)
                return [.. endpoints!.Rows.Select(row => new WebhookEndpoint(row.Url, row.Secret))];
        }
        set
        {
            lock (vendor.Gate)
            {
                endpoints!.Clear();
                foreach (var endpoint in value)
                    endpoints.Put(new EndpointRow(endpoint.Url, endpoint.Secret));
            }
        }
    }

    public IReadOnlyList<WebhookDelivery> All
    {
        get
        {
            lock (vendor.Gate)
                return [.. deliveries!.Rows.OrderBy(row => row.Number)];
        }
    }

    /// <summary>Queues one event for every endpoint. Called under the vendor's gate, in the handler that made the event.</summary>
    public void Raise(string eventType, string body)
    {
        foreach (var endpoint in endpoints!.Rows)
        {
            var fault = vendor.Faults.TakeWebhook(eventType);
            var due = vendor.Simulation.Clock.GetUtcNow();
            if (fault?.Kind == FaultKind.LateWebhook)
                due += TimeSpan.FromMilliseconds(fault.Milliseconds ?? 60_000);
            if (fault?.Kind == FaultKind.ForgedWebhook)
                Add(eventType, body, endpoint.Url, due, forged: true);
            if (fault?.Kind == FaultKind.ReorderedWebhook)
                due += TimeSpan.FromSeconds(2);
            Add(eventType, body, endpoint.Url, due, state: fault?.Kind == FaultKind.LostWebhook ? "lost" : "pending");
            if (fault?.Kind == FaultKind.DuplicateWebhook)
                Add(eventType, body, endpoint.Url, due);
        }
        wake.Writer.TryWrite(true);
    }

    /// <summary>Sends an event again, as a vendor's dashboard does.</summary>
    public bool Replay(string id)
    {
        lock (vendor.Gate)
        {
            if (deliveries!.Find(id) is not { } row)
                return false;
            Add(row.EventType, row.Body, row.Url, vendor.Simulation.Clock.GetUtcNow());
        }
        wake.Writer.TryWrite(true);
        return true;
    }

    public void Wake() => wake.Writer.TryWrite(true);

    public async Task PumpAsync(HttpClient http, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            while (Next() is { } due)
                await DeliverAsync(http, due, stop);
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(stop);
            wait.CancelAfter(TimeSpan.FromMilliseconds(200));
            try
            {
                await wake.Reader.ReadAsync(wait.Token);
            }
            catch (OperationCanceledException)
            {
                // Either the end, or time to look what has fallen due.
            }
        }
    }

    private void Add(string eventType, string body, string url, DateTimeOffset due, bool forged = false, string state = "pending")
    {
        number++;
        Put(new WebhookDelivery($"wh_{number:D8}", number, eventType, body, url, due, 0, state, null, forged));
    }

    /// <summary>Keeps what is still to be sent apart, so that the pump does not read the whole past for each delivery.</summary>
    private void Put(WebhookDelivery row)
    {
        deliveries!.Put(row);
        if (row.State == "pending")
            pending[row.Id] = row;
        else
            pending.Remove(row.Id);
    }

    private WebhookDelivery? Next()
    {
        var now = vendor.Simulation.Clock.GetUtcNow();
        lock (vendor.Gate)
            return pending.Values.Where(row => row.DueAt <= now).OrderBy(row => row.DueAt).ThenBy(row => row.Number).FirstOrDefault();
    }

    private async Task DeliverAsync(HttpClient http, WebhookDelivery row, CancellationToken stop)
    {
        var secret = Endpoints.FirstOrDefault(endpoint => endpoint.Url == row.Url)?.Secret;
        using var request = new HttpRequestMessage(HttpMethod.Post, row.Url) { Content = new StringContent(row.Body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in vendor.Sign(row.Body, secret, row.Forged))
            request.Headers.TryAddWithoutValidation(name, value);
        string? error;
        try
        {
            using var response = await http.SendAsync(request, stop);
            error = response.IsSuccessStatusCode ? null : $"status {(int)response.StatusCode}";
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            error = exception.Message;
        }
        var attempts = row.Attempts + 1;
        var last = row.Forged || attempts > Ladder.Length;
        lock (vendor.Gate)
        {
            Put(row with
            {
                Attempts = attempts,
                LastError = error,
                State = error is null ? "delivered" : last ? "given-up" : "pending",
                DueAt = error is null || last ? row.DueAt : vendor.Simulation.Clock.GetUtcNow() + Ladder[attempts - 1],
            });
        }
    }

    private sealed record EndpointRow(string Url, string? Secret);
}
