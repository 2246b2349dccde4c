using System.Collections.Concurrent;
using Rialto.Forecast.Intervals;
using Rialto.Forecast.Registry;
using Rialto.Forecast.Training;

namespace Rialto.Forecast.Answers;

/// <summary>A model in memory, ready to answer.</summary>
internal sealed record ReadyModel(ModelView View, int[] Series, TrainedModel Model, Calibration Calibration);

/// <summary>Keeps the models that answered last: reading one takes a second, and a version never changes.</summary>
internal sealed class LoadedModels(ModelStore models)
{
    /// <summary>A model of nine stations takes some 60 MB.</summary>
    private const int KeptMax = 8;

    private readonly ConcurrentDictionary<(uint Organization, Guid Id), (Lazy<Task<ReadyModel?>> Model, long UsedAt)> _held = new();
    private long _uses;

    public async Task<ReadyModel?> FindAsync(uint organization, Guid id)
    {
        var (lazy, _) = _held.AddOrUpdate(
            (organization, id), _ => (new Lazy<Task<ReadyModel?>>(() => ReadAsync(organization, id)), Interlocked.Increment(ref _uses)), (_, held) => (held.Model, Interlocked.Increment(ref _uses)));
        try
        {
            var model = await lazy.Value;
            if (model is null)
                _held.TryRemove((organization, id), out _);
            Shrink();
            return model;
        }
        catch
        {
            _held.TryRemove((organization, id), out _);
            throw;
        }
    }

    private void Shrink()
    {
        while (_held.Count > KeptMax)
            _held.TryRemove(_held.MinBy(held => held.Value.UsedAt).Key, out _);
    }

    /// <summary>Not cancelled by the one who asked first: others wait for it too.</summary>
    private async Task<ReadyModel?> ReadAsync(uint organization, Guid id)
    {
        if (await models.FindAsync(organization, id, CancellationToken.None) is not { } row || await models.FileAsync(id, CancellationToken.None) is not { } file)
            return null;
        var model = await Task.Run(() => ModelFile.Read(file));
        return new ReadyModel(row.ToView(whole: true), row.Series, model, Calibration.Restore(model.Bands, model.Places.Length, model.Setup.Horizon, model.BandCapacity));
    }
}
