using System.Text;
using System.Text.Json;
using Rialto.Logs.Protocols.Json;

namespace Rialto.Logs.Tests.Protocols;

/// <summary>Our reader of JSON accepts exactly what the framework's does.</summary>
public class JsonCursorTests
{
    private const string Alphabet = "{}[]:,\"\\ \n0123456789.-+eEutfnrlsaxNI/\u00e4";

    [Fact]
    public void Cursor_and_framework_agree_on_what_json_is()
    {
        var random = new Random(11);
        var valid = 0;
        for (var round = 0; round < 200_000; round++)
        {
            var text = Mutated(random, Value(random, 0)) + " ";
            var bytes = Encoding.UTF8.GetBytes(text);
            var expected = Framework(bytes);
            valid += expected ? 1 : 0;
            Ours(bytes).ShouldBe(expected, text);
        }

        valid.ShouldBeInRange(20_000, 180_000);
    }

    [Fact]
    public void Unescaped_text_is_what_the_framework_reads()
    {
        var random = new Random(12);
        for (var round = 0; round < 20_000; round++)
        {
            var raw = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Piece(random)));
            using var document = JsonDocument.Parse($"\"{raw}\"");
            var bytes = Encoding.UTF8.GetBytes(raw);
            var target = new byte[bytes.Length];
            var length = JsonText.Unescape(bytes, target);
            Encoding.UTF8.GetString(target, 0, length).ShouldBe(document.RootElement.GetString(), raw);
        }
    }

    [Fact]
    public void Exact_number_shows_again_what_was_sent()
    {
        var random = new Random(13);
        for (var round = 0; round < 50_000; round++)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64());
            if (!double.IsFinite(value))
                continue;
            ExactNumber.TryParse(Encoding.ASCII.GetBytes(value.ToString("R")), out var parsed).ShouldBeTrue();
            parsed.ShouldBe(value);
            var integer = random.NextInt64(-(1L << 53), 1L << 53) >> random.Next(50);
            ExactNumber.TryParse(Encoding.ASCII.GetBytes(integer.ToString()), out parsed).ShouldBeTrue();
            ((long)parsed).ShouldBe(integer);
            var large = random.NextInt64((1L << 53) + 1, long.MaxValue);
            var isExact = ExactNumber.TryParse(Encoding.ASCII.GetBytes(large.ToString()), out parsed);
            if (isExact)
                decimal.Parse(parsed.ToString("R"), System.Globalization.NumberStyles.Float).ShouldBe(large, "kept as a number although a double does not hold it");
        }
    }

    private static bool Ours(byte[] bytes)
    {
        var json = new JsonCursor(bytes, 0);
        return json.TakeValue(0) && !json.TryPeek(out _);
    }

    private static bool Framework(byte[] bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Value(Random random, int depth) => random.Next(depth > 3 ? 5 : 7) switch
    {
        0 => random.Next(-1000, 1000).ToString(),
        1 => (random.NextDouble() * Math.Pow(10, random.Next(-5, 20))).ToString("R"),
        2 => "true",
        3 => "null",
        4 => $"\"{string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => Piece(random)))}\"",
        5 => $"[{string.Join(",", Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1)))}]",
        _ => $"{{{string.Join(" , ", Enumerable.Range(0, random.Next(4)).Select(i => $"\"k{i}\" :{Value(random, depth + 1)}"))}}}",
    };

    private static string Piece(Random random) => random.Next(8) switch
    {
        0 => "\\n",
        1 => "\\\"",
        2 => "\\u00e4",
        3 => "\\ud83d\\ude00",
        4 => "\\/",
        5 => "\u00e4",
        _ => "plain",
    };

    private static string Mutated(Random random, string text)
    {
        for (var changes = random.Next(3); changes > 0 && text.Length > 0; changes--)
        {
            var at = random.Next(text.Length);
            text = random.Next(3) switch
            {
                0 => text.Remove(at, 1),
                1 => text.Insert(at, Alphabet[random.Next(Alphabet.Length)].ToString()),
                _ => text.Remove(at, 1).Insert(at, Alphabet[random.Next(Alphabet.Length)].ToString()),
            };
        }

        return text;
    }
}
