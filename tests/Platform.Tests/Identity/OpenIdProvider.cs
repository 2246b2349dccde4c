using System.Diagnostics;
using System.Text.Json;
using Rialto.Fixtures;

namespace Rialto.Platform.Tests.Identity;

/// <summary>The certified npm <c>oidc-provider</c> as a child process. It ends with its standard input, so also when this process dies.</summary>
internal sealed class OpenIdProvider : IAsyncDisposable
{
    public const string Secret = "a-secret-of-the-test-provider";

    private readonly Process _process;

    private OpenIdProvider(Process process, string issuer) => (_process, Issuer) = (process, issuer);

    public string Issuer { get; }

    public static async Task<OpenIdProvider> StartAsync(Uri rialto)
    {
        var settings = JsonSerializer.Serialize(new
        {
            redirectUris = new[] { new Uri(rialto, "/api/identity/providers/test/callback").AbsoluteUri },
            postLogoutRedirectUris = new[] { new Uri(rialto, "/sign-in").AbsoluteUri },
        });
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Checkout.Root, "tests", "OpenIdProvider", "provider.mjs"));
        start.ArgumentList.Add(settings);
        var process = Process.Start(start) ?? throw new InvalidOperationException("node did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        // The provider prints warnings for people before its one line of JSON.
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (!line.StartsWith('{')) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            return new OpenIdProvider(process, JsonSerializer.Deserialize<JsonElement>(line).Text("issuer"));
        }
        throw new InvalidOperationException("The provider did not start: " + await errors);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
