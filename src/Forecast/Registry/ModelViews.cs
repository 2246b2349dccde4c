using System.Text.Json;
using System.Text.Json.Serialization;
using Rialto.Forecast.Drift;
using Rialto.Forecast.Training;

namespace Rialto.Forecast.Registry;

/// <summary>A trained model. Its card is what a rolling backtest measured on outcomes it had not seen.</summary>
internal sealed record ModelView
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";

    /// <summary>Counts up under one name; a version never changes.</summary>
    public int Version { get; init; }

    /// <summary>candidate (may be promoted), refused (does not beat its baselines, see card.gate), promoted, or retired (was promoted).</summary>
    public string State { get; init; } = "";

    public string Measure { get; init; } = "";
    public IReadOnlyList<string> Series { get; init; } = [];

    /// <summary>Validated steps ahead.</summary>
    public int Horizon { get; init; }

    /// <summary>hour or day.</summary>
    public string Step { get; init; } = "";

    /// <summary>It beat its baselines and its intervals kept their level.</summary>
    public bool Passed { get; init; }

    public ModelParameters Parameters { get; init; } = new();

    /// <summary>Null in lists.</summary>
    public Card? Card { get; init; }

    /// <summary>Errors of the model and of its best baseline, for lists.</summary>
    public ModelSummary Summary { get; init; } = new("", 0, "", 0, 0, 0);

    /// <summary>SHA-256 of the model's bytes: the same parameters, seed and data give the same.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The first step that it knows nothing of.</summary>
    public DateTimeOffset TrainedUntil { get; init; }

    public string Actor { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>How it fares on what was measured after its training, for each series it answers or answered for; empty in lists and before a first day of such values.</summary>
    public IReadOnlyList<DriftView> Drift { get; init; } = [];

    /// <summary>Series that it answers for now.</summary>
    public IReadOnlyList<string> PromotedFor { get; init; } = [];
}

/// <param name="Primary">The forecaster that answers.</param>
/// <param name="Mae">Of what answers, with the baselines in the parts where the primary is not better.</param>
/// <param name="SkillLower">Lower end of the 95 % interval of 1 - mae / baselineMae.</param>
internal sealed record ModelSummary(string Primary, double Mae, string BestBaseline, double BaselineMae, double SkillLower, double Coverage)
{
    public static ModelSummary Of(Card card) => new(
        card.Primary, card.Served?.Mae ?? card.Scores.First(score => score.Model == card.Primary).All.Mae, card.BestBaseline, card.Scores.First(score => score.Model == card.BestBaseline).All.Mae,
        card.SkillOverBest.Lower, card.Coverage.All.Coverage);
}

/// <summary>The row of <see cref="ModelView"/>.</summary>
internal sealed class ModelRow
{
    public Guid Id { get; init; }
    public string Name { get; init; } = "";
    public int Version { get; init; }
    public string Measure { get; init; } = "";
    public int[] Series { get; init; } = [];
    public string[] SeriesKeys { get; init; } = [];
    public int Horizon { get; init; }
    public string Step { get; init; } = "";
    public string Parameters { get; init; } = "{}";
    public string Card { get; init; } = "{}";
    public bool Passed { get; init; }
    public string FileHash { get; init; } = "";
    public DateTimeOffset TrainedUntil { get; init; }
    public string Actor { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public string[] PromotedFor { get; init; } = [];
    public bool WasPromoted { get; init; }

    public const string Select =
        """
        SELECT m.id, m.name, m.version, m.measure, m.series, m.series_keys, m.horizon, m.step, m.parameters::text, m.card::text, m.passed, m.file_hash, m.trained_until, identity.actor_name(m.actor) AS actor, m.created_at,
               ARRAY(SELECT s.key FROM forecast.promotion p JOIN forecast.series s ON s.id = p.series WHERE p.model = m.id AND p.ended_at IS NULL ORDER BY s.key) AS promoted_for,
               EXISTS (SELECT 1 FROM forecast.promotion p WHERE p.model = m.id) AS was_promoted
          FROM forecast.model m
        """;

    public ModelView ToView(bool whole)
    {
        var card = JsonSerializer.Deserialize<Card>(Card, RegistryJson.Options)!;
        return new ModelView
        {
            Id = Id, Name = Name, Version = Version, Measure = Measure, Series = SeriesKeys, Horizon = Horizon, Step = Step, Passed = Passed,
            State = PromotedFor.Length > 0 ? "promoted" : WasPromoted ? "retired" : Passed ? "candidate" : "refused",
            Parameters = JsonSerializer.Deserialize<ModelParameters>(Parameters, RegistryJson.Options)!,
            Card = whole ? card : null, Summary = ModelSummary.Of(card), Hash = FileHash, TrainedUntil = TrainedUntil, Actor = Actor, CreatedAt = CreatedAt, PromotedFor = PromotedFor,
        };
    }
}

internal static class RegistryJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new StoredNotice() } };

    /// <summary>Cards and reports that were stored before notices had codes hold plain sentences.</summary>
    private sealed class StoredNotice : JsonConverter<Notice>
    {
        public override Notice? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.String
            ? new Notice("text", reader.GetString()!)
            : JsonSerializer.Deserialize<Notice>(ref reader, JsonSerializerOptions.Web);

        public override void Write(Utf8JsonWriter writer, Notice value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, JsonSerializerOptions.Web);
    }
}
