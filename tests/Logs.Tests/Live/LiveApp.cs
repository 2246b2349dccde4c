using Microsoft.Extensions.DependencyInjection;
using Rialto.Fixtures;
using Rialto.Logs.Live;
using Rialto.Logs.Records;
using Rialto.Logs.Search;
using Rialto.Logs.Tests.Query;
using Rialto.Logs.Tests.Search;

namespace Rialto.Logs.Tests.Live;

/// <summary>The live hub over a real connection; the test is the spool: it commits batches, and says what is loaded.</summary>
internal sealed class LiveApp : IAsyncDisposable
{
    private readonly LogsApp _app;
    private readonly RecordBatchPool _pool = new();
    private ulong _loadedBefore = 1;
    private ulong _recoveredThrough;
    private ulong _next = 1;

    private LiveApp(LogsApp app) => _app = app;

    public LiveTail Tail => _app.Services.GetRequiredService<LiveTail>();

    public Uri Address => _app.Http.BaseAddress!;

    public static async Task<LiveApp> StartAsync(ClickHouseFixture clickHouse)
    {
        LiveApp? live = null;
        var app = await LogsApp.StartAsync(await DifferentialTests.TableAsync(clickHouse), builder =>
        {
            builder.Services.AddSignalR();
            builder.Services.AddLive();
            builder.Services.AddSingleton(provider => new MissedRecords(
                provider.GetRequiredService<SearchEngine>(), provider.GetRequiredService<ApplicationDirectory>(), TimeProvider.System,
                () => Volatile.Read(ref live!._loadedBefore), () => Volatile.Read(ref live!._recoveredThrough)));
        }, app => app.MapLive());
        return live = new LiveApp(app);
    }

    public Task<HubClient> ConnectAsync(string caller = "1") => HubClient.ConnectAsync(Address, caller);

    /// <summary>Commits records as the spool does; their sequences follow the last.</summary>
    public List<SampleRecord> Commit(params IEnumerable<SampleRecord> records)
    {
        var all = records.ToList();
        foreach (var record in all)
            record.Sequence = _next++;
        var batch = SampleRecord.Batch(all, "shop");
        Tail.Publish(batch);
        batch.Release();
        return all;
    }

    /// <summary>Makes committed records searchable.</summary>
    public async Task LoadAsync(IReadOnlyList<SampleRecord> records)
    {
        await SampleRecord.InsertAsync(_app.ClickHouse, records);
        Volatile.Write(ref _loadedBefore, records[^1].Sequence + 1);
    }

    /// <summary>As after a start of the process: the records so far are of the run before, and nothing was committed since.</summary>
    public async Task RecoverAsync(params SampleRecord[] records)
    {
        foreach (var record in records)
            record.Sequence = _next++;
        Volatile.Write(ref _recoveredThrough, _next - 1);
        await LoadAsync(records);
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
