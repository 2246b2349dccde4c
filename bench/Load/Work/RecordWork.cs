namespace Rialto.Bench.Load.Work;

/// <summary>
/// The work every log store here is measured with: lines of about 336 bytes with a message of about 180, 200 applications as service names,
/// and ids of high entropy (trace, user, path, address). Line <c>i</c> depends on the seed and on <c>i</c> alone.
/// </summary>
internal sealed class RecordWork(ulong seed, long firstNanos, long stepNanos)
{
    public const int Services = 200;

    /// <summary>One line in this many ends in "payment provider timeout".</summary>
    public const int PhraseEvery = 100;

    /// <summary>One line in this many ends in "zephyr quokka".</summary>
    public const int RareEvery = 20_000;

    private static readonly string[] Levels = ["info", "info", "info", "info", "info", "info", "debug", "debug", "warn", "error"];
    private static readonly string[] Verbs = ["GET", "POST", "PUT", "DELETE"];
    private static readonly string[] Paths = ["orders", "carts", "products", "customers", "payments", "shipments", "coupons", "reviews"];
    private static readonly string[] Regions = ["eu-west-1", "eu-north-1", "us-east-1", "ap-south-1"];

    public long NanosOf(long line) => firstNanos + (line * stepNanos);

    public static string ServiceOf(int service) => $"app-{service:D3}";

    /// <summary>The parts of line <paramref name="line"/>; the message goes to <paramref name="message"/>, which is at least 400 bytes.</summary>
    public Line At(long line, Span<byte> message)
    {
        var random = new Random64(seed ^ ((ulong)line * 0x9E3779B97F4A7C15));
        var service = (int)(random.Next() % Services);
        var level = Levels[random.Next() % 10];
        var host = (int)(random.Next() % 40);
        var traceHigh = random.Next();
        var traceLow = random.Next();
        var a = random.Next();
        var b = random.Next();
        var text = new Utf8Text(message);
        text.Add(Verbs[a & 3]);
        text.Add(" /api/v1/"u8);
        text.Add(Paths[(a >> 2) & 7]);
        text.Add("/"u8);
        text.AddHex(a >> 12, 10);
        text.Add(line % PhraseEvery == 7 ? " 504 in "u8 : (a & 0xF00) == 0 ? " 500 in "u8 : " 200 in "u8);
        text.Add(b % 2000);
        text.Add(" ms user=u-"u8);
        text.Add(((b >> 11) % 90_000_000) + 10_000_000);
        text.Add(" address=10."u8);
        text.Add((b >> 8) & 255);
        text.Add("."u8);
        text.Add((b >> 16) & 255);
        text.Add("."u8);
        text.Add((b >> 24) & 255);
        text.Add(" session="u8);
        text.AddHex(b ^ (a << 7), 12);
        text.Add(" bytes="u8);
        text.Add(a % 90_000);
        text.Add(" upstream="u8);
        text.Add(Paths[(b >> 40) & 7]);
        text.Add("-"u8);
        text.Add((b >> 43) & 7);
        text.Add((b & 1) == 0 ? " cache=miss region="u8 : " cache=hit region="u8);
        text.Add(Regions[(a >> 50) & 3]);
        text.Add(" build=2026.11."u8);
        text.Add((a >> 52) & 7);
        if (line % PhraseEvery == 7)
            text.Add(" payment provider timeout"u8);
        if (line % RareEvery == 11)
            text.Add(" zephyr quokka"u8);
        return new Line(NanosOf(line), level, service, host, traceHigh, traceLow, text.Length);
    }

    /// <summary>Writes line <paramref name="line"/> as JSON with its line feed; returns the bytes written.</summary>
    public int WriteJson(long line, Span<byte> target)
    {
        Span<byte> message = stackalloc byte[400];
        var parts = At(line, message);
        var text = new Utf8Text(target);
        text.Add("{\"timestamp\":\""u8);
        text.AddTime(parts.Nanos);
        text.Add("\",\"level\":\""u8);
        text.Add(parts.Level);
        text.Add("\",\"service\":\"app-"u8);
        text.Add((ulong)parts.Service, 3);
        text.Add("\",\"host\":\"web-"u8);
        text.Add((ulong)parts.Host);
        text.Add("\",\"trace_id\":\""u8);
        text.AddHex(parts.TraceHigh, 16);
        text.AddHex(parts.TraceLow, 16);
        text.Add("\",\"message\":\""u8);
        text.Add(message[..parts.MessageLength]);
        text.Add("\"}\n"u8);
        return text.Length;
    }

    public readonly record struct Line(long Nanos, string Level, int Service, int Host, ulong TraceHigh, ulong TraceLow, int MessageLength);

    private struct Random64(ulong state)
    {
        public ulong Next()
        {
            state += 0x9E3779B97F4A7C15;
            var z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
