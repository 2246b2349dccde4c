using System.Text;

namespace Rialto.Logs.Tests.Query;

/// <summary>Random queries: well-formed ones over a small vocabulary, so that records match them, and mere noise.</summary>
internal sealed class Queries(Random random)
{
    private const string Noise = " \t()\"'\\:*?-[]{}<>=|&/.aZ09_@é日\ud800\u00a0ANDORTO";

    private static readonly string[] Words =
    [
        "payment", "Declined", "order", "user", "10.0.0.1", "/api/cart", "café", "CAFÉ", "日本", "a-b", "17", "gateway", "x", "status=500", "[warn]", "--", "...", "api cart",
        "cart/17", "0", "foo_bar", "=", "(x)", "say \"hi\"", "back\\slash",
        "504", "v1", "2026", "a1b2c3d4e5", "A1B2C3D4E5", "550e8400-e29b-41d4-a716-446655440000", "550e8400", "9日本", "ab1", "order 48213", "user a1b2c3d4e6", "504 payment", "us3r",
    ];

    private static readonly string[] Patterns =
    [
        "pay*", "*ment", "*a*", "ord?r", "/api/*", "/*/cart", "10.0.?.1", "*.*.1", "caf?", "?", "1*", "*7", "?a*", "*=*", "日*", "us*r*", "-*", "5??", "*5", "c*t/1*",
        "a1b2*", "*3d4e5", "550e8400-*-446655440000", "user a1b2c3d4e?", "order 48213 *", "50?", "*日本",
    ];

    private static readonly string[] TextKeys = ["path", "user", "method", "k", "k=v", "status", "weird key", "missing"];
    private static readonly string[] TextValues = ["/api/cart", "17", "GET", "", "a=b", "v=w", "v=w", "w", "café", "500", "x y", "0", "-0", "5e2"];
    private static readonly string[] Numbers = ["0", "500", "17", "-1", "0.5", "1e300", "9007199254740993", "-0.0", "404"];
    private static readonly string[] Levels = ["none", "trace", "debug", "info", "warn", "error", "fatal", "17", "0", "24"];
    private static readonly string[] Traces = ["4bf92f3577b34da6a3ce929d0e0e4736", "4bf9*", "0*", "*", "00000000000000000000000000000000", "4BF92F35-77b34da6a3ce929d0e0e4736"];

    public string WellFormed(int depth = 3)
    {
        switch (depth == 0 ? 9 : random.Next(10))
        {
            case 0 or 1:
                return $"{WellFormed(depth - 1)} {WellFormed(depth - 1)}";
            case 2:
                return $"{WellFormed(depth - 1)} AND {WellFormed(depth - 1)}";
            case 3:
                return $"({WellFormed(depth - 1)} OR {WellFormed(depth - 1)})";
            case 4:
                return $"NOT ({WellFormed(depth - 1)})";
            case 5:
                return $"-({WellFormed(depth - 1)})";
            default:
                return (random.Next(4) == 0 ? "NOT " : "") + Term();
        }
    }

    public string Any(int lengthMax)
    {
        var text = new StringBuilder();
        for (var i = random.Next(lengthMax); i > 0; i--)
            text.Append(random.Next(6) == 0 ? Term() : Noise[random.Next(Noise.Length)].ToString());
        return text.ToString();
    }

    private string Term() => random.Next(14) switch
    {
        0 or 1 => Quote(Pick(Words)),
        2 => Pick(Patterns.Where(pattern => pattern[0] != '-').ToArray()),
        3 => $"{Pick("level", "severity")}:{Level()}",
        4 => $"{Pick("service", "host", "environment", "env")}:{Text()}",
        5 => $"{Pick("application", "app")}:{Pick("shop", "sh*", "*", "nothing", "\"two words\"")}",
        6 => $"trace:{Pick(Traces)}",
        7 => $"span_id:{Pick("00f067aa0ba902b7", "00*", "*", "0000000000000000")}",
        8 => $"sequence:{Pick("5", ">3", ">=3", "<4", "[2 TO 6]", "{2 TO 3}", "<0", "*", $">{ulong.MaxValue}")}",
        9 => $"body:{Pick("*", "\"\"", Quote(Pick(Words)), Pick(Patterns))}",
        10 => $"resource.{Pick("pod", "version", "none")}:{Text()}",
        _ => $"{Quote(Pick(TextKeys))}:{Value()}",
    };

    private string Level() => random.Next(4) switch
    {
        0 => Pick(">", ">=", "<", "<=") + Pick(Levels),
        1 => "*",
        2 => Pick("[warn TO fatal]", "{info TO error}", "[* TO debug]", "[5 TO *]"),
        _ => Pick(Levels),
    };

    private string Text() => random.Next(3) switch
    {
        0 => Pick("*", "check*", "*o*", "web-?", "?", "1.*"),
        _ => Quote(Pick("checkout", "cart", "", "web-1", "prod", "naïve", "1.2")),
    };

    private string Value() => random.Next(5) switch
    {
        0 => Pick(">", ">=", "<", "<=") + Pick(Numbers),
        1 => Pick("[0 TO 500]", "{0 TO 17]", "[* TO 404}", "[-1 TO *]", "[* TO *]", "{17 TO 17}", "[0.25 TO 0.75]"),
        2 => Pick(Patterns),
        3 => "*",
        _ => Quote(Pick(random.Next(2) == 0 ? TextValues : Numbers)),
    };

    private string Quote(string text) =>
        random.Next(2) == 0 && text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c is '/' or '.') ? text : $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";

    private string Pick(params string[] items) => items[random.Next(items.Length)];
}
