using System.Text.Json;

namespace Rialto.Simulators.Machinery;

/// <summary>
/// Every change of every vendor's truth as one line of JSON, appended before the vendor answers, so that what a vendor has done survives
/// <c>kill -9</c> of the simulators. No fsync: the machine itself is not part of the simulation. Without a file it remembers nothing.
/// </summary>
internal sealed class Journal : IDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Lock gate = new();
    private readonly Dictionary<string, Dictionary<string, JsonElement>> read = [];
    private readonly FileStream? file;

    public Journal(string? path)
    {
        if (path is null)
            return;
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            Directory.CreateDirectory(folder);
        if (File.Exists(path))
            Read(path);
        Compact(path);
        file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>The rows a table had when the journal was opened, in the order of their first writing.</summary>
    public IReadOnlyDictionary<string, JsonElement> Rows(string table) =>
        read.TryGetValue(table, out var rows) ? rows : new Dictionary<string, JsonElement>();

    public void Put<T>(string table, string key, T row) => Append(new Line(table, key, JsonSerializer.SerializeToElement(row, Json)));

    public void Remove(string table, string key) => Append(new Line(table, key, null));

    public void Dispose() => file?.Dispose();

    private void Append(Line line)
    {
        if (file is null)
            return;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(line, Json);
        Array.Resize(ref bytes, bytes.Length + 1);
        bytes[^1] = (byte)'\n';
        lock (gate)
            file.Write(bytes);
    }

    private void Read(string path)
    {
        foreach (var text in File.ReadLines(path))
        {
            // The last line may be cut short by a kill in the middle of its write: its caller never got an answer.
            if (!TryParse(text, out var line))
                continue;
            if (!read.TryGetValue(line.Table, out var rows))
                read[line.Table] = rows = [];
            if (line.Row is { ValueKind: not JsonValueKind.Null } row)
                rows[line.Key] = row;
            else
                rows.Remove(line.Key);
        }
    }

    private void Compact(string path)
    {
        var fresh = path + ".new";
        using (var writer = new StreamWriter(fresh))
        {
            foreach (var (table, rows) in read)
            foreach (var (key, row) in rows)
                writer.WriteLine(JsonSerializer.Serialize(new Line(table, key, row), Json));
        }
        File.Move(fresh, path, overwrite: true);
    }

    private static bool TryParse(string text, out Line line)
    {
        try
        {
            line = JsonSerializer.Deserialize<Line>(text, Json)!;
            return line is not null;
        }
        catch (JsonException)
        {
            line = null!;
            return false;
        }
    }

    private sealed record Line(string Table, string Key, JsonElement? Row);
}
