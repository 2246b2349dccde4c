using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rialto.Platform.Secrets;

/// <summary>
/// The keys that wrap the keys of secrets. The first one wraps, all of them unwrap: to rotate, put a new key in front, start every node, re-wrap
/// everything, then drop the old one. The file is <c>{"keys":[{"id":"k1","key":"base64 of 32 bytes"}]}</c>; every node has the same.
/// </summary>
internal sealed class KeyRing
{
    public const int KeyBytes = 32;
    private const int IdBytesMax = 32;

    private readonly (string Id, byte[] Key)[] _keys;

    private KeyRing((string Id, byte[] Key)[] keys) => _keys = keys;

    public (string Id, byte[] Key) Current => _keys[0];

    public byte[]? Find(string id) => _keys.FirstOrDefault(key => key.Id == id).Key;

    public static KeyRing Of(params (string Id, byte[] Key)[] keys)
    {
        if (keys.Length == 0) throw new InvalidDataException("The key ring is empty.");
        if (keys.Any(key => key.Key.Length != KeyBytes)) throw new InvalidDataException($"A key of the ring must be {KeyBytes} bytes in base64.");
        if (keys.Any(key => key.Id.Length is 0 or > IdBytesMax || !key.Id.All(char.IsAsciiLetterOrDigit)))
            throw new InvalidDataException($"The id of a key is 1 to {IdBytesMax} ASCII letters or digits.");
        if (keys.Select(key => key.Id).Distinct(StringComparer.Ordinal).Count() != keys.Length) throw new InvalidDataException("Two keys of the ring have the same id.");
        return new KeyRing(keys);
    }

    /// <summary>Reads the file; makes one with a first key when there is none.</summary>
    public static KeyRing Open(string file)
    {
        if (!File.Exists(file)) Create(file);
        try
        {
            var keys = JsonNode.Parse(File.ReadAllBytes(file))?["keys"]?.AsArray() ?? throw new InvalidDataException($"{file} has no \"keys\".");
            return Of(keys.Select(key => ((string?)key?["id"] ?? "", Convert.FromBase64String((string?)key?["key"] ?? ""))).ToArray());
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            // The message of the parser could quote the key.
            throw new InvalidDataException($"{file} is not a key ring: {{\"keys\":[{{\"id\":\"k1\",\"key\":\"base64 of {KeyBytes} bytes\"}}]}}.");
        }
    }

    private static void Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var ring = new JsonObject { ["keys"] = new JsonArray(new JsonObject { ["id"] = "k1", ["key"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) }) };
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(file, options);
        stream.Write(JsonSerializer.SerializeToUtf8Bytes(ring));
        stream.Flush(flushToDisk: true);
    }
}
