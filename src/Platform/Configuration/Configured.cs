using System.Text.Json;

namespace Rialto.Platform.Configuration;

/// <summary>A named configuration document of the type <typeparamref name="T"/>, as it is now. It changes while the process runs.</summary>
/// <remarks>Take <see cref="Current"/> once an operation: two reads may belong to two revisions.</remarks>
public sealed class Configured<T> : IConfigurationDocument
    where T : class
{
    private readonly Func<T, IEnumerable<string>> _check;
    private readonly Lock _lock = new();
    private volatile Snapshot _current;
    private Action<T, long>? _followers;

    internal Configured(string name, T initial, Func<T, IEnumerable<string>> check)
    {
        (Name, Initial, _check) = (name, initial, check);
        _current = new Snapshot(initial, 0);
    }

    public string Name { get; }
    public T Initial { get; }
    public T Value => _current.Value;

    /// <summary>The revision in force; 0 before the first one was read.</summary>
    public long Revision => _current.Revision;

    public (T Value, long Revision) Current
    {
        get
        {
            var current = _current;
            return (current.Value, current.Revision);
        }
    }

    /// <summary>
    /// Hands over what is in force now, and then each change, in order and on the thread that read it: return at once, never throw. Nothing that changes meanwhile is missed.
    /// </summary>
    public void Follow(Action<T, long> use)
    {
        lock (_lock)
        {
            _followers += use;
            use(_current.Value, _current.Revision);
        }
    }

    object IConfigurationDocument.Initial => Initial;

    IReadOnlyList<string> IConfigurationDocument.Problems(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, ConfigurationJson.Strict) is { } value ? [.. _check(value)] : ["The document is null."];
        }
        catch (JsonException exception)
        {
            return [exception.Message];
        }
    }

    void IConfigurationDocument.Use(string json, long revision)
    {
        var value = JsonSerializer.Deserialize<T>(json, ConfigurationJson.Strict)!;
        lock (_lock)
        {
            _current = new Snapshot(value, revision);
            _followers?.Invoke(value, revision);
        }
    }

    private sealed record Snapshot(T Value, long Revision);
}

/// <summary>What the store needs of a document without knowing its type.</summary>
internal interface IConfigurationDocument
{
    string Name { get; }
    object Initial { get; }
    long Revision { get; }

    /// <summary>Everything that is wrong with the text as this document; empty when it can be used.</summary>
    IReadOnlyList<string> Problems(string json);

    void Use(string json, long revision);
}

internal static class ConfigurationJson
{
    /// <summary>An unknown member is a misspelt one, so it is refused.</summary>
    public static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
    };
}
