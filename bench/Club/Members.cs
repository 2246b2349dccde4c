using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Rialto.Bench.Club;

/// <summary>Many members with a session each, on one pool of connections.</summary>
internal sealed class Members : IDisposable
{
    private readonly HttpClient _http;
    private readonly Uri _control;
    private readonly List<string> _cookies = [];
    private string _experience = "";
    private string _venue = "";
    private string _staff = "";
    private int _asked;

    private Members(HttpClient http, Uri control) => (_http, _control) = (http, control);

    public static async Task<Members> SignInAsync(Uri host, Uri control, string password, int count)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 600 }) { BaseAddress = host, Timeout = TimeSpan.FromMinutes(2) };
        var members = new Members(http, control);
        await members.SeedAsync(password, count);
        for (var number = 1; number <= count; number++) members._cookies.Add(await members.SessionAsync("/api/club/sign-in", new { name = $"bench{number}@example.test", password }));
        members._staff = await members.SessionAsync("/api/identity/sign-in", new { email = "admin@rialto.example", password });
        var all = await members.ReadAsync(members._cookies[0], "/api/club/experiences");
        members._experience = all.GetProperty("items").EnumerateArray().First(one => one.GetProperty("title").GetString()!.Contains("Altana", StringComparison.Ordinal)).GetProperty("id").GetString()!;
        members._venue = $"/api/club/experiences/{members._experience}?date={Day(0)}";
        return members;
    }

    /// <summary>Every vendor takes so long for each call; null: no time.</summary>
    public async Task LatencyAsync(int? milliseconds)
    {
        foreach (var vendor in new[] { "memberson", "sevenrooms", "mail" })
        {
            object[] faults = milliseconds is { } ms ? [new { op = "*", kind = "latency", milliseconds = ms }] : [];
            using var answer = await _http.PutAsJsonAsync(new Uri(_control, $"/_sim/{vendor}/faults"), faults);
            answer.EnsureSuccessStatusCode();
        }
    }

    /// <summary>All members open profile, list and one experience at the same moment; the time of each round of three.</summary>
    public async Task<List<double>> AllAtOnceAsync()
    {
        var times = new ConcurrentBag<double>();
        await Task.WhenAll(Enumerable.Range(0, _cookies.Count).Select(async member =>
        {
            var began = Stopwatch.GetTimestamp();
            var session = _cookies[member];
            await Task.WhenAll(ReadAsync(session, "/api/club/me"), ReadAsync(session, "/api/club/experiences"), ReadAsync(session, _venue));
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }));
        return [.. times];
    }

    /// <summary>From here on the booking vendor fails like this with every call; null: it works.</summary>
    public async Task BreakAsync(string? kind)
    {
        object[] faults = kind is null ? [] : [new { op = "*", kind }];
        using var answer = await _http.PutAsJsonAsync(new Uri(_control, "/_sim/sevenrooms/faults"), faults);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>One after the other, ten a second at most: how long each member waits for his answer, in order.</summary>
    public async Task<List<double>> OneByOneAsync(int count, bool book)
    {
        var times = new List<double>();
        for (var number = 0; number < count; number++)
        {
            var began = Stopwatch.GetTimestamp();
            if (book) await BookOneAsync(_asked++, [], new ConcurrentDictionary<int, int>());
            else await ReadAsync(_cookies[number % _cookies.Count], _venue);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await Task.Delay(100);
        }
        return times;
    }

    /// <summary>Books one after the other until the host has found out that the booking vendor is away.</summary>
    public async Task<List<double>> UntilBreakerOpensAsync(int most)
    {
        var times = new List<double>();
        while (times.Count < most && await BreakerAsync() != "open") times.AddRange(await OneByOneAsync(1, book: true));
        return times;
    }

    /// <summary>Books at a rate that does not wait for answers: a slow host makes a queue and not a smaller load.</summary>
    public async Task<(List<double> Times, IReadOnlyDictionary<int, int> Answers)> BookAsync(int rate, double seconds)
    {
        var times = new ConcurrentBag<double>();
        var answers = new ConcurrentDictionary<int, int>();
        var running = new List<Task>();
        var began = Stopwatch.GetTimestamp();
        for (var number = 0; number < rate * seconds; number++)
        {
            var due = TimeSpan.FromSeconds((double)number / rate) - Stopwatch.GetElapsedTime(began);
            if (due > TimeSpan.FromMilliseconds(2)) await Task.Delay(due);
            running.Add(BookOneAsync(number, times, answers));
        }
        await Task.WhenAll(running);
        return ([.. times], answers);
    }

    /// <summary>Waits until the vendor holds what was booked and nothing is added for a while; how many.</summary>
    public async Task<int> SettledAsync()
    {
        var (last, same) = (-1, 0);
        while (same < 10)
        {
            var now = await ConfirmedAsync();
            (same, last) = now == last ? (same + 1, last) : (0, now);
            await Task.Delay(500);
        }
        return last;
    }

    /// <summary>Whose points Memberson has taken.</summary>
    public async Task<int> ConfirmedAsync()
    {
        using var answer = await _http.GetAsync(new Uri(_control, "/_sim/memberson/effects"));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("transactions").GetArrayLength();
    }

    public void Dispose() => _http.Dispose();

    private static string Day(int number) => TimeProvider.System.GetUtcNow().AddDays(3 + number % 20).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private async Task BookOneAsync(int number, ConcurrentBag<double> times, ConcurrentDictionary<int, int> answers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/club/bookings")
        {
            Content = JsonContent.Create(new { experienceId = _experience, startsAt = $"{Day(number)}T{18 + number % 5}:{number / 5 % 4 * 15:D2}", tickets = 1, pay = "points" }),
        };
        request.Headers.Add("Cookie", _cookies[number % _cookies.Count]);
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        var began = Stopwatch.GetTimestamp();
        using var answer = await _http.SendAsync(request);
        await answer.Content.ReadAsByteArrayAsync();
        times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        answers.AddOrUpdate((int)answer.StatusCode, 1, (_, count) => count + 1);
    }

    private async Task<string?> BreakerAsync() =>
        (await ReadAsync(_staff, "/api/club/desk/vendors")).GetProperty("items").EnumerateArray().First(one => one.GetProperty("name").GetString() == "sevenrooms").GetProperty("breaker").GetString();

    private async Task<string> SessionAsync(string path, object who)
    {
        using var answer = await _http.PostAsJsonAsync(path, who);
        answer.EnsureSuccessStatusCode();
        return answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).Last(cookie => cookie.StartsWith("rialto.session=", StringComparison.Ordinal));
    }

    private async Task<JsonElement> ReadAsync(string session, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", session);
        using var answer = await _http.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.OK) throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task SeedAsync(string password, int count)
    {
        var rows = Enumerable.Range(1, count).Select(number => new
        {
            customerNumber = $"B{30_000 + number}", firstName = "Bench", lastName = $"No {number}", email = $"bench{number}@example.test", mobileCountryCode = "65", mobile = $"8{number:D7}", password,
            memberships = new[]
            {
                new { memberNo = $"MB{number}", type = "Lumen Club", tier = "Gold", status = "ACTIVE", expiryDate = "2035-12-31T00:00:00", pointType = "Lumen Points", points = 1_000_000.0, cardNumber = $"6299{number:D12}" },
            },
        });
        using var answer = await _http.PutAsJsonAsync(new Uri(_control, "/_sim/memberson/seed"), new { members = rows });
        answer.EnsureSuccessStatusCode();
    }
}
