using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rialto.Platform.Hosting;

namespace Rialto.Platform.Tests.Gateway;

public class HttpLimitsTests
{
    [Fact]
    public void The_product_serves_within_these_limits()
    {
        var app = RialtoApp.Build(new Settings { Port = 0, HeadersTimeout = TimeSpan.FromSeconds(7) }, []);
        app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.RequestHeadersTimeout.ShouldBe(TimeSpan.FromSeconds(7));
        new Settings().HeadersTimeout.ShouldBe(TimeSpan.FromSeconds(15));
    }

    /// <summary>A client that sends a byte of a header now and then, for ever, so that the connection is never idle.</summary>
    [Fact]
    public async Task Who_drips_the_headers_of_a_request_is_cut_off()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel =>
        {
            // What would hold without us is far beyond the test's patience.
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromHours(1);
            HttpLimits.Set(kestrel.Limits, new Settings { HeadersTimeout = TimeSpan.FromSeconds(1) });
        }).UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        await app.StartAsync();
        var address = new Uri(app.Urls.Single());

        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port);
        await using var stream = socket.GetStream();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await stream.WriteAsync("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "u8.ToArray(), patience.Token);
        var dripping = DripAsync(stream, patience.Token);
        (await AnswerAsync(stream, patience.Token)).ShouldStartWith("HTTP/1.1 408");
        await dripping;
    }

    private static async Task DripAsync(NetworkStream stream, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await stream.WriteAsync("x"u8.ToArray(), stop);
                await Task.Delay(20, stop);
            }
        }
        catch (IOException)
        {
            // Closed: as it should be.
        }
    }

    /// <summary>All that comes until the connection ends.</summary>
    private static async Task<string> AnswerAsync(NetworkStream stream, CancellationToken stop)
    {
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            while (await stream.ReadAsync(buffer, stop) is > 0 and var length) answer.Append(Encoding.ASCII.GetString(buffer, 0, length));
        }
        catch (IOException)
        {
            // What we went on sending met a closed connection.
        }
        return answer.ToString();
    }
}
