using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Rialto.Simulators.Machinery;

namespace Rialto.Simulators.Tests;

/// <summary>A server that hears webhooks.</summary>
internal sealed class Ear : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Body, string Signature)> heard = new();
    private readonly WebApplication app;
    private int attempts;

    private Ear()
    {
        var builder = Quiet.Builder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        app = builder.Build();
        app.MapPost("/hook", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync();
            if (Interlocked.Increment(ref attempts) <= Refuse)
            {
                context.Response.StatusCode = 503;
                return;
            }
            heard.Enqueue((body, context.Request.Headers["Stripe-Signature"].ToString()));
        });
    }

    public int Refuse { get; set; }
    public int Attempts => attempts;
    public string Url => app.Urls.Single() + "/hook";
    public IReadOnlyList<(string Body, string Signature)> Heard => [.. heard];
    public IReadOnlyList<string?> Types => [.. heard.Select(one => JsonSerializer.Deserialize<JsonElement>(one.Body).GetProperty("type").GetString())];

    public static async Task<Ear> StartAsync()
    {
        var ear = new Ear();
        await ear.app.StartAsync();
        return ear;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
