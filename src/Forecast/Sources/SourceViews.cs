using System.ComponentModel;
using System.Text.Json;
using Rialto.Forecast.Loads;

namespace Rialto.Forecast.Sources;

/// <summary>Where values come from again and again.</summary>
internal sealed record SourceView
{
    public int Id { get; init; }
    public string Name { get; init; } = "";

    /// <summary>csv: a table over HTTP. openaq: hours or measurements of a sensor in the form of OpenAQ v3. logs: records an hour of the own applications.</summary>
    public string Kind { get; init; } = "";

    public string Url { get; init; } = "";
    public Mapping Mapping { get; init; } = new();
    public int? EveryMinutes { get; init; }
    public int OverlapHours { get; init; }

    /// <summary>Values before it are known.</summary>
    public DateTimeOffset? KnownUntil { get; init; }

    public DateTimeOffset? NextAt { get; init; }
}

/// <summary>A source as it is made or changed.</summary>
internal sealed record SourceRequest
{
    [Description("Unique; default: the address without its query.")]
    public string? Name { get; init; }

    [Description("csv (default), openaq, or logs: records an hour of the own applications, which needs no address.")]
    public string? Kind { get; init; }

    [Description("http or https. {from} in it is replaced by the time from which values are wanted.")]
    public string Url { get; init; } = "";

    [Description("Sent as X-API-Key: the name of a stored secret that begins with forecast/, as secret:forecast/name.")]
    public string? Secret { get; init; }

    public Mapping? Mapping { get; init; }

    [Description("Minutes between runs; without it the source runs when asked.")]
    public int? EveryMinutes { get; init; }

    [Description("How far before the newest known value a run begins again, for late values and corrections. Default 48.")]
    public int? OverlapHours { get; init; }
}

/// <summary>The row of <see cref="SourceView"/>.</summary>
internal sealed class SourceRow
{
    public int Id { get; init; }
    public int Organization { get; init; }
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Url { get; init; } = "";
    public string? Secret { get; init; }
    public string Mapping { get; init; } = "{}";
    public int? EveryMinutes { get; init; }
    public int OverlapHours { get; init; }
    public DateTimeOffset? KnownUntil { get; init; }
    public DateTimeOffset? NextAt { get; init; }

    public const string Select =
        "SELECT id, organization, name, kind, url, secret, mapping::text, every_minutes, overlap_hours, known_until, next_at FROM forecast.source";

    public SourceView ToView() => new()
    {
        Id = Id, Name = Name, Kind = Kind, Url = Url, Mapping = JsonSerializer.Deserialize<Mapping>(Mapping, JsonSerializerOptions.Web)!, EveryMinutes = EveryMinutes,
        OverlapHours = OverlapHours, KnownUntil = KnownUntil, NextAt = NextAt,
    };
}
