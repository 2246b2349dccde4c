using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Rialto.Bench.Load.Target;

/// <summary>Two nginx with one worker each: an upstream that answers 1 kB, and a proxy before it as one would write it (kept connections, no log).</summary>
internal sealed class NginxPair : IAsyncDisposable
{
    private readonly List<Process> _processes = [];

    private NginxPair(string directory, int upstream, int proxy) =>
        (Directory, Upstream, Proxy) = (directory, new Uri($"http://127.0.0.1:{upstream}"), new Uri($"http://127.0.0.1:{proxy}"));

    public string Directory { get; }

    public Uri Upstream { get; }

    public Uri Proxy { get; }

    public static async Task<NginxPair> StartAsync(string parent)
    {
        var directory = System.IO.Directory.CreateDirectory(Path.Combine(parent, $"rg{Environment.ProcessId:x}")).FullName;
        var pair = new NginxPair(directory, FreePort(), FreePort());
        pair.Start("upstream", $"server {{ listen {pair.Upstream.Authority}; location / {{ default_type text/plain; return 200 '{new string('x', 1000)}'; }} }}");
        pair.Start("proxy", $$"""
            upstream behind { server {{pair.Upstream.Authority}}; keepalive 64; }
            server { listen {{pair.Proxy.Authority}}; location / { proxy_pass http://behind; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr; } }
            """);
        using var client = new HttpClient();
        for (var patience = 0; ; patience++)
        {
            try
            {
                if ((await client.GetAsync(pair.Proxy)).IsSuccessStatusCode)
                    return pair;
            }
            catch (HttpRequestException) when (patience < 100)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Processor time that the proxy has used so far.</summary>
    public double ProxySeconds() => HostUnderTest.SecondsOf(_processes[1].Id);

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        System.IO.Directory.Delete(Directory, recursive: true);
    }

    // "master_process off" keeps it one process, whose time is all there is.
    private void Start(string name, string server)
    {
        var path = Path.Combine(Directory, $"{name}.conf");
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $$"""
            daemon off; master_process off; pid {{Directory}}/{{name}}.pid; error_log {{Directory}}/{{name}}.log;
            events { worker_connections 4096; }
            http { access_log off; keepalive_requests 1000000000; client_body_temp_path {{Directory}}/{{name}}.body; proxy_temp_path {{Directory}}/{{name}}.proxy; fastcgi_temp_path {{Directory}}/f; uwsgi_temp_path {{Directory}}/u; scgi_temp_path {{Directory}}/s;
            {{server}} }
            """));
        _processes.Add(Process.Start(new ProcessStartInfo("/usr/sbin/nginx", ["-c", path, "-p", Directory, "-e", $"{Directory}/{name}.log"]))!);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
