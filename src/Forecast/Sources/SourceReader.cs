using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Dapper;
using Npgsql;
using Rialto.Platform.Gateway.Forwarding;
using Rialto.Platform.Secrets;

namespace Rialto.Forecast.Sources;

/// <summary>A source that cannot be read now, with what a person can do about it. Nothing was taken; its cursor stands where it stood.</summary>
internal sealed class SourceException(string code, string message) : Exception(message)
{
    public string Code => code;
}

/// <summary>Opens what a source has that is new, as a table.</summary>
internal sealed class SourceReader : IDisposable
{
    /// <summary>A source that sends nothing for so long is dead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The first run of a source without a cursor asks for so much, where its address has a place for a time.</summary>
    private static readonly TimeSpan FirstReach = TimeSpan.FromDays(365);

    private readonly NpgsqlDataSource _postgres;
    private readonly SecretStore _secrets;
    private readonly TimeProvider _clock;
    private readonly LogVolume _volume;
    private readonly HttpClient _http;

    public SourceReader(NpgsqlDataSource postgres, SecretStore secrets, AddressGuard guard, LogVolume volume, TimeProvider clock)
    {
        (_postgres, _secrets, _volume, _clock) = (postgres, secrets, volume, clock);
        _http = new HttpClient(new SocketsHttpHandler
        {
            // Whoever may name an address must not reach this machine or its cloud through us, nor by a redirect.
            ConnectCallback = guard.ConnectAsync, AllowAutoRedirect = false, UseCookies = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = Patience,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <exception cref="SourceException">It does not answer, or with an error.</exception>
    public async Task<Stream> OpenAsync(int source, CancellationToken stop)
    {
        SourceRow row;
        await using (var connection = await _postgres.OpenConnectionAsync(stop))
            row = await connection.QuerySingleAsync<SourceRow>(new CommandDefinition($"{SourceRow.Select} WHERE id = @source", new { source }, cancellationToken: stop));
        var from = row.KnownUntil is { } known ? known - TimeSpan.FromHours(row.OverlapHours) : _clock.GetUtcNow() - FirstReach;
        if (row.Kind == "logs")
            return await _volume.OpenAsync((uint)row.Organization, from, stop);
        string? key = null;
        if (SecretReference.Parse(row.Secret) is { } reference)
            key = (await _secrets.FindAsync(reference, stop))?.Reveal() ?? throw new SourceException("secret-missing", $"There is no secret {reference.Name}.");
        string address = row.Url.Replace("{from}", Uri.EscapeDataString(from.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")));
        if (row.Kind == "openaq")
            return new OpenAqPages((page, cancel) => PageAsync(address, from, page, key, cancel));
        var response = await SendAsync(address, key, stop);
        var body = new PatientStream(await response.Content.ReadAsStreamAsync(stop), Patience);
        return address.Split('?')[0].EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(body, CompressionMode.Decompress) : body;
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument> PageAsync(string address, DateTimeOffset from, int page, string? key, CancellationToken stop)
    {
        char mark = address.Contains('?') ? '&' : '?';
        string query = $"{mark}datetime_from={Uri.EscapeDataString(from.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"))}&limit={OpenAqPages.PageRows}&page={page}";
        using var response = await SendAsync(address + query, key, stop);
        try
        {
            await using var body = new PatientStream(await response.Content.ReadAsStreamAsync(stop), Patience);
            return await JsonDocument.ParseAsync(body, cancellationToken: stop);
        }
        catch (JsonException unreadable)
        {
            throw new SourceException("source-malformed", $"Page {page} of {Shown(address)} is not the JSON of OpenAQ: {unreadable.Message}");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string address, string? key, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("X-API-Key", key);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new SourceException("source-silent", $"{Shown(address)} did not answer within {Patience.TotalSeconds} seconds.");
        }
        catch (HttpRequestException dead) when (dead.InnerException is AddressRefusedException refused)
        {
            throw new SourceException("address-refused", refused.Message);
        }
        catch (HttpRequestException dead)
        {
            throw new SourceException("source-unreachable", $"{Shown(address)} cannot be reached: {dead.Message}");
        }
        if (response.StatusCode == HttpStatusCode.OK)
            return response;
        using (response)
        {
            string retry = response.Headers.TryGetValues("x-ratelimit-reset", out var resets) ? resets.First() : response.Headers.RetryAfter?.ToString() ?? "";
            throw response.StatusCode == HttpStatusCode.TooManyRequests
                ? new SourceException("source-limit", $"{Shown(address)} allows no more calls now{(retry.Length > 0 ? $"; again in {retry} seconds" : "")}.")
                : new SourceException("source-refused", $"{Shown(address)} answered {(int)response.StatusCode} {response.ReasonPhrase}.");
        }
    }

    /// <summary>An address as it may stand in a report: a key in its query stays out.</summary>
    private static string Shown(string address) => address.Split('?')[0];
}

/// <summary>A stream that may be slow but not silent.</summary>
internal sealed class PatientStream(Stream inner, TimeSpan patience) : Stream
{
    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        waiting.CancelAfter(patience);
        try
        {
            return await inner.ReadAsync(buffer, waiting.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceException("source-silent", $"The source sent nothing for {patience.TotalSeconds} seconds; what came before is loaded.");
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            throw new SourceException("source-broke-off", $"The source broke off: {broken.Message} What came before is loaded.");
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    public override void Flush() => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronously.");
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
