using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rialto.Platform.ClickHouse;

/// <summary>
/// The one client of ClickHouse: its HTTP interface, over the unix socket of the child process or over TCP to a server. Safe for many threads.
/// Failures are <see cref="ClickHouseException"/> (the server answered with an error) and <see cref="ClickHouseUnavailableException"/> (no whole answer);
/// a cancelled token drops the connection, and the server kills the query. Nothing is retried here.
/// </summary>
public sealed class ClickHouseClient : IDisposable
{
    // Past its own limit the server has a second to say so before this side gives up on it.
    private static readonly TimeSpan DeadlineGrace = TimeSpan.FromSeconds(1);

    // An error's text quotes the statement; nobody reads more of it than this.
    private const int ErrorBytesMax = 64 << 10;

    private readonly HttpClient _http;

    public ClickHouseClient(ClickHouseEndpoint endpoint)
    {
        Endpoint = endpoint;
        var handler = new SocketsHttpHandler
        {
            // Over a network the text formats shrink to a tenth; over a socket compression is work for nothing.
            AutomaticDecompression = endpoint.Socket is null ? DecompressionMethods.GZip : DecompressionMethods.None,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectTimeout = TimeSpan.FromSeconds(5),
            UseProxy = false,
            UseCookies = false,
        };
        if (endpoint.Socket is { } path)
            handler.ConnectCallback = (_, cancel) => ConnectAsync(path, cancel);
        _http = new HttpClient(handler) { BaseAddress = endpoint.Address, Timeout = Timeout.InfiniteTimeSpan };
        if (endpoint.User is { } user)
            _http.DefaultRequestHeaders.Add("X-ClickHouse-User", user);
        if (endpoint.Password is { } password)
            _http.DefaultRequestHeaders.Add("X-ClickHouse-Key", password);
    }

    public ClickHouseEndpoint Endpoint { get; }

    /// <summary>The same server with another database for unqualified names.</summary>
    public ClickHouseClient WithDatabase(string database) => new(Endpoint with { Database = database });

    /// <summary>True when the server answers; no query runs.</summary>
    public async Task<bool> PingAsync(CancellationToken cancel = default)
    {
        try
        {
            using var answer = await _http.GetAsync("ping", cancel);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Runs a statement to its end and drops its answer.</summary>
    public async Task<QuerySummary> ExecuteAsync(string sql, QueryOptions? options = null, CancellationToken cancel = default)
    {
        await using var result = await QueryAsync(sql, options, cancel);
        await result.Body.CopyToAsync(Stream.Null, cancel);
        return result.Summary;
    }

    /// <summary>Runs a query and streams its answer in the format that its text names. Dispose the result.</summary>
    public Task<QueryResult> QueryAsync(string sql, QueryOptions? options = null, CancellationToken cancel = default) =>
        SendAsync(Address(options, null, null), new ByteArrayContent(Encoding.UTF8.GetBytes(sql)), options, cancel);

    /// <summary>Runs a query without a FORMAT clause and reads its rows as they come; a row's JSON has the columns' names as its properties.</summary>
    public IAsyncEnumerable<T> ReadJsonAsync<T>(string sql, JsonTypeInfo<T> type, QueryOptions? options = null, CancellationToken cancel = default) =>
        ReadRowsAsync(sql, body => JsonSerializer.DeserializeAsyncEnumerable(body, type, topLevelValues: true, cancel), options, cancel);

    /// <inheritdoc cref="ReadJsonAsync{T}(string, JsonTypeInfo{T}, QueryOptions?, CancellationToken)"/>
    public IAsyncEnumerable<T> ReadJsonAsync<T>(string sql, JsonSerializerOptions json, QueryOptions? options = null, CancellationToken cancel = default) =>
        ReadRowsAsync(sql, body => JsonSerializer.DeserializeAsyncEnumerable<T>(body, topLevelValues: true, json, cancel), options, cancel);

    /// <summary>
    /// Runs <c>INSERT INTO t (columns) FORMAT f</c> with <paramref name="body"/> as its data. No retry inside: whoever holds the data repeats it, with the same
    /// <see cref="QueryOptions.DeduplicationToken"/>, because after <see cref="ClickHouseUnavailableException"/> nobody knows whether it was stored.
    /// </summary>
    public async Task<QuerySummary> InsertAsync(string insertSql, HttpContent body, QueryOptions? options = null, CancellationToken cancel = default)
    {
        await using var result = await SendAsync(Address(options, insertSql, null), body, options, cancel);
        await result.Body.CopyToAsync(Stream.Null, cancel);
        return result.Summary;
    }

    /// <inheritdoc cref="InsertAsync(string, HttpContent, QueryOptions?, CancellationToken)"/>
    public Task<QuerySummary> InsertAsync(string insertSql, Stream body, QueryOptions? options = null, CancellationToken cancel = default) =>
        InsertAsync(insertSql, new StreamContent(body, 256 << 10), options, cancel);

    public void Dispose() => _http.Dispose();

    private async IAsyncEnumerable<T> ReadRowsAsync<T>(
        string sql, Func<Stream, IAsyncEnumerable<T?>> read, QueryOptions? options, [EnumeratorCancellation] CancellationToken cancel)
    {
        await using var result = await SendAsync(Address(options, null, "JSONEachRow"), new ByteArrayContent(Encoding.UTF8.GetBytes(sql)), options, cancel);
        await foreach (var row in read(result.Body).WithCancellation(cancel))
            yield return row!;
    }

    private async Task<QueryResult> SendAsync(string address, HttpContent content, QueryOptions? options, CancellationToken cancel)
    {
        var deadline = options?.Timeout is { } timeout ? new Deadline(timeout + DeadlineGrace, cancel) : Deadline.None(cancel);
        HttpResponseMessage? response = null;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            if (!response.IsSuccessStatusCode || response.Headers.Contains("X-ClickHouse-Exception-Code"))
                throw await ErrorAsync(response, deadline.Token);
            var tag = response.Headers.TryGetValues("X-ClickHouse-Exception-Tag", out var tags) ? tags.First() : null;
            return new QueryResult(response, new MarkedStream(await response.Content.ReadAsStreamAsync(deadline.Token), tag), deadline);
        }
        catch (Exception failure)
        {
            response?.Dispose();
            deadline.Dispose();
            if (failure is OperationCanceledException && !cancel.IsCancellationRequested)
                throw new ClickHouseException(159, "TIMEOUT_EXCEEDED", $"ClickHouse did not answer within {options?.Timeout}");
            if (failure is HttpRequestException or IOException)
                throw new ClickHouseUnavailableException($"ClickHouse at {Endpoint} does not answer: {failure.Message}", failure);
            throw;
        }
    }

    private static async Task<Exception> ErrorAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var buffer = new byte[ErrorBytesMax];
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel);
        var text = Encoding.UTF8.GetString(buffer, 0, length);
        var code = response.Headers.TryGetValues("X-ClickHouse-Exception-Code", out var codes) && int.TryParse(codes.First(), CultureInfo.InvariantCulture, out var number) ? number : 0;
        // A balancer's 502 or 503 has no code: it speaks of the way to ClickHouse, not of the statement.
        if (code == 0 && response.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
            return new ClickHouseUnavailableException($"ClickHouse is not available: {(int)response.StatusCode} {text}");
        return ClickHouseException.Parse(text, code);
    }

    private string Address(QueryOptions? options, string? query, string? format)
    {
        options ??= QueryOptions.None;
        var address = new StringBuilder("?");
        Add("database", Endpoint.Database);
        Add("query", query);
        Add("default_format", format);
        Add("query_id", options.QueryId);
        Add("insert_deduplication_token", options.DeduplicationToken);
        if (Endpoint.Socket is null)
            Add("enable_http_compression", "1");
        if (options.Timeout is { } timeout)
            Add("max_execution_time", timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));
        foreach (var (name, value) in options.Settings)
            Add(name, value);
        foreach (var (name, value) in options.Parameters)
            Add("param_" + name, ParameterText.Of(value));
        return address.ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
                address.Append(address.Length == 1 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
        }
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class Deadline : IDisposable
    {
        private readonly CancellationTokenSource? _source;

        public Deadline(TimeSpan after, CancellationToken cancel)
        {
            _source = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            _source.CancelAfter(after);
            Token = _source.Token;
        }

        private Deadline(CancellationToken cancel) => Token = cancel;

        public CancellationToken Token { get; }

        public static Deadline None(CancellationToken cancel) => new(cancel);

        public void Dispose() => _source?.Dispose();
    }
}
