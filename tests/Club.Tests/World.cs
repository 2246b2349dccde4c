using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rialto.Club.Desk;
using Rialto.Fixtures;
using Rialto.Platform.Configuration;
using Rialto.Platform.Connectors;
using Rialto.Platform.Jobs;
using Rialto.Platform.Secrets;
using Rialto.Simulators.Machinery;

namespace Rialto.Club.Tests;

/// <summary>The club in the real application, the outside world as simulators, one time for all of them. The application can be crashed and started again.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Rooftop = "Altana";
    public const string Terrace = "Lantern Terrace";
    public const string Kumo = "Kumo";
    public const string Lawn = "Open Lawn";
    public const string Tea = "Tea of the house";
    public const string MemberPassword = "orchid-lantern-7";

    private static readonly string[] Vendors = ["memberson", "sevenrooms", "quaybook", "stripe", "mail"];

    private readonly PostgresDatabase _database;
    private readonly Dictionary<string, HttpClient> _callers = [];
    private readonly string _data = Directory.CreateTempSubdirectory("rialto-club-").FullName;

    private World(PostgresDatabase database, VirtualTime time, Simulation outside) => (_database, Time, Outside) = (database, time, outside);

    public VirtualTime Time { get; }
    public Simulation Outside { get; }
    public TestApp App { get; private set; } = null!;
    public PostgresDatabase Database => _database;

    /// <summary>Everything the application has logged.</summary>
    public RecordedLog Log { get; } = new();
    public IServiceProvider Services => App.Services;

    /// <summary>The keys under which secrets and names are sealed.</summary>
    public string KeyFile => System.IO.Path.Combine(_data, "keys.json");

    /// <summary>Not in demand by anything: a weekday evening on which every venue is open.</summary>
    public DateOnly Day { get; private set; }

    /// <param name="answerWithinMs">How long a request waits for its outcome: long where the outcome is asked for, nothing where it is not.</param>
    /// <param name="timeoutMs">How long a vendor may take. Short only where it hangs on purpose and a call that is cut off by a busy machine ends whole as well.</param>
    public static async Task<World> StartAsync(PostgresFixture postgres, int answerWithinMs = 10_000, int timeoutMs = 10_000, int members = 0)
    {
        var database = await postgres.CreateDatabaseAsync(new ClubModule());
        var time = await VirtualTime.InstallAsync(database.DataSource);
        var outside = new Simulation(SimulationOptions.AllOnFreePorts with { MemberPassword = MemberPassword, ExtraMembers = members }, time);
        await outside.StartAsync();
        var world = new World(database, time, outside);
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(14);
        while (day.DayOfWeek != DayOfWeek.Wednesday) day = day.AddDays(1);
        world.Day = day;
        await world.StartAppAsync();
        await world.ConfigureAsync(answerWithinMs, timeoutMs);
        return world;
    }

    public T Vendor<T>()
        where T : Simulators.Machinery.Vendor => Outside.Vendor<T>();

    public Simulators.Machinery.Vendor Vendor(string name) => Outside.Vendors.Single(vendor => vendor.Name == name);

    /// <summary>Every vendor answers as it should from here on.</summary>
    public async Task HealAsync()
    {
        foreach (var vendor in Outside.Vendors)
        {
            vendor.Faults.Replace([], null);
            await Outside.OpenAsync(vendor);
        }
    }

    public async Task BreakAsync(string vendor, params Fault[] faults)
    {
        var broken = Vendor(vendor);
        broken.Faults.Replace(faults, null);
        if (broken.Faults.Refusal is { Milliseconds: null }) await Outside.CloseAsync(broken);
        else await Outside.ApplyRefusalAsync(broken);
    }

    /// <summary>Changes a configuration document as an operator would.</summary>
    public async Task ConfigureAsync(string document, Action<JsonObject> change)
    {
        var revisions = Services.GetRequiredService<Revisions>();
        var active = (await revisions.HistoryAsync(document, CancellationToken.None)).First(revision => revision.State == "active");
        var body = JsonNode.Parse(active.Body)!.AsObject();
        change(body);
        var draft = await revisions.DraftAsync(document, body.ToJsonString(), null, "test", CancellationToken.None);
        draft.Problems.ShouldBeEmpty();
        (await revisions.ActivateAsync(document, draft.Id, "test", CancellationToken.None)).ShouldNotBeNull();
    }

    /// <summary>A member with his session; signed in once.</summary>
    public async Task<HttpClient> MemberAsync(string name = "amara@example.test")
    {
        if (_callers.TryGetValue(name, out var known)) return known;
        return _callers[name] = await SignInAsync(name);
    }

    public async Task<HttpClient> SignInAsync(string name)
    {
        var client = App.Client();
        // Where vendors have little time, a busy machine makes one late: a person tries again.
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await client.PostAsJsonAsync("/api/club/sign-in", new { name, password = MemberPassword });
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable) answer.EnsureSuccessStatusCode();
            return answer.IsSuccessStatusCode;
        }, $"{name} is signed in");
        return client;
    }

    /// <summary>A person of the staff.</summary>
    public async Task<HttpClient> StaffAsync(string email = TestApp.Administrator)
    {
        var client = App.Client();
        using var answer = await client.PostAsJsonAsync("/api/identity/sign-in", new { email, password = TestApp.Password });
        answer.EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>Another person who may approve.</summary>
    public async Task<HttpClient> SecondManagerAsync()
    {
        await using (var connection = await _database.DataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO identity.app_user (id, organization_id, email, name, roles, demo, password_hash)
                SELECT @id, organization_id, 'second@rialto.example', 'Second', ARRAY['club-ops'], demo, password_hash FROM identity.app_user WHERE email = @email
                """,
                new { id = Guid.CreateVersion7(), email = TestApp.Administrator });
        }
        return await StaffAsync("second@rialto.example");
    }

    /// <summary>Somebody with every permission, in another organization.</summary>
    public async Task<HttpClient> StrangerAsync()
    {
        await using (var connection = await _database.DataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO identity.organization (id, name) VALUES (@house, 'Another house');
                INSERT INTO identity.app_user (id, organization_id, email, name, roles, demo, password_hash)
                SELECT @id, @house, 'stranger@rialto.example', 'Stranger', roles, demo, password_hash FROM identity.app_user WHERE email = @email
                """,
                new { id = Guid.CreateVersion7(), house = Guid.CreateVersion7(), email = TestApp.Administrator });
        }
        return await StaffAsync("stranger@rialto.example");
    }

    public async Task<Guid> ExperienceAsync(string title) => await IdAsync("experience", title);

    public async Task<Guid> ItemAsync(string title) => await IdAsync("item", title);

    /// <summary>A week from now, in the evening at any of the places.</summary>
    public string Soon => $"{Time.GetUtcNow().AddDays(7):yyyy-MM-dd}T19:00";

    public string At(string time = "19:00", int plusDays = 0) => $"{Day.AddDays(plusDays):yyyy-MM-dd}T{time}";

    public async Task<Told> BookAsync(HttpClient member, string experience, string pay, int tickets = 1, string? at = null, string? key = null) =>
        await PostAsync(member, "/api/club/bookings", new { experienceId = await ExperienceAsync(experience), startsAt = at ?? At(), tickets, pay }, key ?? Guid.CreateVersion7().ToString());

    public async Task<Told> RedeemAsync(HttpClient member, string item, string pay, int quantity = 1, string? key = null) =>
        await PostAsync(member, "/api/club/redemptions", new { itemId = await ItemAsync(item), quantity, pay }, key ?? Guid.CreateVersion7().ToString());

    public static async Task<Told> PostAsync(HttpClient client, string path, object? body = null, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request);
        return await Told.ReadAsync(answer);
    }

    public static async Task<Told> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        return await Told.ReadAsync(answer);
    }

    public async Task<string> StateAsync(Guid booking)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<string>("SELECT state FROM club.booking WHERE id = @booking", new { booking });
    }

    /// <summary>Ends the process in the middle of what it does, and starts another on the same database.</summary>
    public async Task CrashAsync()
    {
        await App.CrashAsync();
        _callers.Clear();
        await StartAppAsync();
    }

    public async Task<IReadOnlyList<Breach>> BreachesAsync() => await Invariants.CheckAsync(_database.DataSource, Time.GetUtcNow(), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Outside.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task StartAppAsync()
    {
        App = await TestApp.StartAsync(_database, [new ClubModule()], services =>
        {
            services.AddSingleton(Addresses());
            services.AddSingleton<ILoggerProvider>(Log);
            // A night passes in many a test, and its calls would meet faults that are meant for others: who tests the comparison begins it.
            services.Remove(services.Single(service => service.ImplementationInstance is Schedule { Name: CompareMembersonJob.Name }));
        }, Time, _data);
        var secrets = Services.GetRequiredService<SecretStore>();
        foreach (var (name, text) in Outside.Credentials)
        {
            if (await secrets.FindAsync(SecretReference.Parse("secret:" + name)!.Value, CancellationToken.None) is null) await secrets.PutAsync(name, text, "test", CancellationToken.None);
        }
        foreach (var hook in Services.GetServices<SimulatorWebhook>())
        {
            var secret = Outside.Credentials[hook.Secret];
            Vendor(hook.Vendor).Webhooks.Endpoints = [new WebhookEndpoint(new Uri(App.Address, hook.Path.Replace("{secret}", secret, StringComparison.Ordinal)).ToString(), secret)];
        }
    }

    private SimulatorAddresses Addresses()
    {
        var addresses = new SimulatorAddresses();
        addresses.Set(Outside.Urls);
        return addresses;
    }

    private async Task ConfigureAsync(int answerWithinMs, int timeoutMs)
    {
        await ConfigureAsync("club/rules", rules =>
        {
            rules["answerWithinMs"] = answerWithinMs;
            rules["partDeadlineMs"] = 5_000;
        });
        foreach (var vendor in Vendors)
        {
            await ConfigureAsync("connectors/" + vendor, settings =>
            {
                settings["timeoutMs"] = timeoutMs;
                settings["readRetries"] = 0;
            });
        }
    }

    private async Task<Guid> IdAsync(string table, string title)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return await connection.QuerySingleAsync<Guid>($"SELECT id FROM club.{table} WHERE title LIKE '%' || @title || '%'", new { title });
    }
}

/// <summary>An answer of the application.</summary>
internal sealed record Told(int Status, JsonElement Body, string? Location, string? Tag)
{
    public static async Task<Told> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return new Told((int)answer.StatusCode, text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text), answer.Headers.Location?.ToString(), answer.Headers.ETag?.Tag);
    }

    /// <summary>Of the booking; one that was declined before the answer stands in a problem.</summary>
    public Guid Id => (Body.TryGetProperty("booking", out var declined) && declined.ValueKind == JsonValueKind.Object ? declined : Body).GetProperty("id").GetGuid();

    public string State => Body.GetProperty("state").GetString()!;
    public string Code => Body.GetProperty("code").GetString()!;

    public string? Text(params string[] path) => path.Aggregate((JsonElement?)Body, (at, name) => at?.At(name))?.ToString();
}
