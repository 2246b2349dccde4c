using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.Json;
using Rialto.Forecast.Features;
using Rialto.Forecast.Intervals;
using Rialto.Forecast.Models;

namespace Rialto.Forecast.Training;

/// <summary>
/// A trained model as bytes: a JSON head with everything small, then the arrays in a fixed order, all compressed. The same model gives the
/// same bytes, so two trainings can be compared by hash.
/// </summary>
internal static class ModelFile
{
    /// <summary>Raise when the layout changes; a file of another version is refused rather than misread.</summary>
    private const int Version = 1;

    private sealed record Head(
        int Version, ModelSetup Setup, string[] Places, DateTime Start, TimeSpan Step, DateTime Until, IReadOnlyList<string> Components, double[][] Weights,
        string[] AnsweredBy, double[] Scales, int BandCapacity, int Season, Dictionary<int, double[]> SmoothingRates, int[] RidgeGroups,
        int NeighbourHorizon, int NeighbourDimensions, int Used, DateTime MemoryStart, IReadOnlyList<WidthPart>? Widths);

    public static byte[] Write(TrainedModel model)
    {
        var neighbours = NeighboursOf(model);
        var head = new Head(
            Version, model.Setup, model.Places, model.Start, model.Step, model.Until, model.Components, model.Weights, model.AnsweredBy, model.Scales,
            model.BandCapacity, model.Step == Series.Grid.Day ? 7 : (int)(Series.Grid.Day / model.Step), model.Set.Smoothing.Rates.ToDictionary(),
            [.. model.Set.Ridge.Groups.Keys.Order()], neighbours.Memory.Horizon, neighbours.Memory.Dimensions, neighbours.Used, neighbours.Memory.Start, model.Widths?.Parts);
        using var bytes = new MemoryStream();
        using (var packed = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new BinaryWriter(packed))
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(head, Json);
            writer.Write(json.Length);
            writer.Write(json);
            Put(writer, model.Set.Ridge.Scaler.Mean);
            Put(writer, model.Set.Ridge.Scaler.Deviation);
            foreach (int group in head.RidgeGroups)
                Put(writer, model.Set.Ridge.Groups[group]);
            Put(writer, neighbours.Scaler.Mean);
            Put(writer, neighbours.Scaler.Deviation);
            writer.Write(neighbours.Weights.Length);
            foreach (double[] weights in neighbours.Weights)
                Put(writer, weights);
            Put(writer, neighbours.Memory.Moments);
            Put(writer, neighbours.Memory.Rows);
            Put(writer, neighbours.Memory.Targets);
            writer.Write(model.Bands.Length);
            foreach (var band in model.Bands)
            {
                Put(writer, band.Scores);
                Put(writer, band.Below);
                Put(writer, band.Above);
            }
        }
        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">Not a model, or of another version.</exception>
    public static TrainedModel Read(byte[] bytes)
    {
        using var reader = new BinaryReader(new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress));
        var head = JsonSerializer.Deserialize<Head>(reader.ReadBytes(reader.ReadInt32()), Json)!;
        if (head.Version != Version)
            throw new InvalidDataException($"The model was stored in layout {head.Version}; this version reads {Version}. Train it again.");
        var ridgeScaler = Scaler.Of(Take<double>(reader), Take<double>(reader));
        var groups = head.RidgeGroups.ToDictionary(group => group, _ => Take<double>(reader));
        var scaler = Scaler.Of(Take<double>(reader), Take<double>(reader));
        double[][] weights = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => Take<double>(reader))];
        var memory = new Memory(head.MemoryStart, head.NeighbourDimensions, head.NeighbourHorizon, Take<Moment>(reader), Take<float>(reader), Take<float>(reader));
        BandState[] bands = [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => new BandState(Take<float>(reader), Take<double>(reader), Take<double>(reader)))];

        var setup = head.Setup.Neighbours;
        bool recursive = setup.Strategy == Strategy.Recursive;
        var neighbours = NeighbourForecaster.Restore(recursive ? setup with { Strategy = Strategy.Whole } : setup, head.Used, memory, scaler, weights);
        return new TrainedModel
        {
            Setup = head.Setup,
            Places = head.Places,
            Start = head.Start,
            Step = head.Step,
            Until = head.Until,
            Components = head.Components,
            Weights = head.Weights,
            AnsweredBy = head.AnsweredBy,
            Scales = head.Scales,
            Bands = bands,
            BandCapacity = head.BandCapacity,
            Widths = head.Widths is null ? null : new Widths(head.Widths),
            Set = new ModelSet
            {
                Ridge = Ridge.Restore(ridgeScaler, groups, head.Setup.Horizon),
                Neighbours = recursive ? RecursiveNeighbours.Restore(neighbours, head.Setup.Features.WithoutOutlook()) : neighbours,
                Smoothing = ExponentialSmoothing.Of(head.SmoothingRates),
                Baselines = ModelSet.BaselinesOf(head.Season),
            },
        };
    }

    private static NeighbourForecaster NeighboursOf(TrainedModel model) =>
        model.Set.Neighbours as NeighbourForecaster ?? ((RecursiveNeighbours)model.Set.Neighbours).OneStep;

    private static void Put<T>(BinaryWriter writer, T[] values) where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static T[] Take<T>(BinaryReader reader) where T : unmanaged
    {
        var values = new T[reader.ReadInt32()];
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        reader.BaseStream.ReadExactly(bytes);
        return values;
    }

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
}
