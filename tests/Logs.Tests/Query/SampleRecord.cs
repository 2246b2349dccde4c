using System.Globalization;
using System.Text;
using Rialto.Logs.Records;
using Rialto.Platform.ClickHouse;

namespace Rialto.Logs.Tests.Query;

/// <summary>A record as a test writes it: goes into a batch for the live filter, and into the table for the engine.</summary>
internal sealed record SampleRecord
{
    /// <summary>All columns that are written, in the order of <see cref="Rows"/>.</summary>
    public const string Columns =
        "TenantId, AppId, Timestamp, ObservedTimestamp, Seq, ServiceName, Environment, Host, SeverityNumber, TraceId, SpanId, Body, Resource, Attributes, AttributesNumber, RetentionDays";

    public ulong Sequence { get; set; }

    public uint Organization { get; init; } = 1;

    public uint Application { get; init; } = 1;

    public long Time { get; init; } = 1_790_000_000_000_000_000;

    public byte Severity { get; init; }

    public string Service { get; init; } = "";

    public string Environment { get; init; } = "";

    public string Host { get; init; } = "";

    public string Trace { get; init; } = new('0', 32);

    public string Span { get; init; } = new('0', 16);

    public string Body { get; init; } = "";

    public Dictionary<string, string> Attributes { get; init; } = [];

    public Dictionary<string, double> Numbers { get; init; } = [];

    public Dictionary<string, string> Resource { get; init; } = [];

    /// <summary>Rows of one application in the order given; their sequences follow each other from the first one's.</summary>
    public static RecordBatch Batch(IReadOnlyList<SampleRecord> records, string application)
    {
        var batch = new RecordBatch().Open(records[0].Organization, records[0].Application, application, 30);
        batch.FirstSequence = records[0].Sequence;
        foreach (var record in records)
        {
            foreach (var (key, value) in record.Resource)
                batch.AddResource(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value));
            var resource = batch.EndResource();
            batch.BeginRow(record.Time, record.Time / 1_000_000);
            batch.SeverityNumber = record.Severity;
            batch.SetService(Encoding.UTF8.GetBytes(record.Service));
            batch.SetEnvironment(Encoding.UTF8.GetBytes(record.Environment));
            batch.SetHost(Encoding.UTF8.GetBytes(record.Host));
            batch.SetTrace(Convert.FromHexString(record.Trace));
            batch.SetSpan(Convert.FromHexString(record.Span));
            batch.SetBody(Encoding.UTF8.GetBytes(record.Body));
            batch.SetResource(resource);
            foreach (var (key, value) in record.Attributes)
                batch.AddAttribute(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value)).ShouldBeTrue();
            foreach (var (key, value) in record.Numbers)
                batch.AddNumber(Encoding.UTF8.GetBytes(key), value).ShouldBeTrue();
            batch.EndRow();
        }

        return batch;
    }

    public static async Task InsertAsync(ClickHouseClient clickHouse, IEnumerable<SampleRecord> records, bool withIndexes = true)
    {
        var settings = new Dictionary<string, string> { ["materialize_skip_indexes_on_insert"] = withIndexes ? "1" : "0", ["async_insert"] = "0" };
        await clickHouse.InsertAsync($"INSERT INTO logs ({Columns}) FORMAT RowBinary", new MemoryStream(Rows(records)), new QueryOptions { Settings = settings });
    }

    /// <summary>The records in RowBinary, in the order of <see cref="Columns"/>.</summary>
    public static byte[] Rows(IEnumerable<SampleRecord> records)
    {
        using var rows = new MemoryStream();
        using (var writer = new BinaryWriter(rows, Encoding.UTF8, leaveOpen: true))
        {
            foreach (var record in records)
                record.Write(writer);
        }

        return rows.ToArray();
    }

    // RowBinary: BinaryWriter's strings have the same length prefix.
    private void Write(BinaryWriter row)
    {
        row.Write(Organization);
        row.Write(Application);
        row.Write(Time);
        row.Write(Time / 1_000_000);
        row.Write(Sequence);
        row.Write(Service);
        row.Write(Environment);
        row.Write(Host);
        row.Write(Severity);
        row.Write(Convert.FromHexString(Trace));
        row.Write(Convert.FromHexString(Span));
        row.Write(Body);
        WritePairs(row, Resource, row.Write);
        WritePairs(row, Attributes, row.Write);
        WritePairs(row, Numbers, row.Write);
        row.Write((ushort)30);
    }

    private static void WritePairs<T>(BinaryWriter row, Dictionary<string, T> pairs, Action<T> write)
    {
        row.Write7BitEncodedInt(pairs.Count);
        foreach (var (key, value) in pairs)
        {
            row.Write(key);
            write(value);
        }
    }

    /// <summary>Records that the queries of <see cref="Queries"/> are about.</summary>
    public static SampleRecord Random(Random random)
    {
        string Pick(params string[] items) => items[random.Next(items.Length)];
        var record = new SampleRecord
        {
            Severity = (byte)random.Next(25),
            Service = Pick("checkout", "cart", "", "naïve", "Checkout"),
            Environment = Pick("prod", "", "staging"),
            Host = Pick("web-1", "web-2", "1.2", ""),
            Trace = Pick("4bf92f3577b34da6a3ce929d0e0e4736", "4bf92f3577b34da6a3ce929d0e0e4737", new('0', 32), "00000000000000000000000000000001"),
            Span = Pick("00f067aa0ba902b7", new('0', 16), "ff00000000000000"),
            Body = RandomBody(random),
        };
        foreach (var key in (string[])["path", "user", "method", "k", "k=v", "status", "weird key"])
        {
            if (random.Next(3) == 0)
                record.Attributes[key] = Pick("/api/cart", "17", "GET", "", "a=b", "v=w", "w", "café", "500", "x y", "0", "500.0", "payment", "/api/x/cart", "日本", "5%", "a_b", "a\\b");
            else if (random.Next(3) == 0)
                record.Numbers[key] = random.Next(4) == 0 ? random.NextDouble() : double.Parse(Pick("0", "500", "17", "-1", "0.5", "1e300", "9007199254740992", "-17", "404", "5", "-0.0", "0.1"), CultureInfo.InvariantCulture);
        }

        foreach (var key in (string[])["pod", "version"])
        {
            if (random.Next(2) == 0)
                record.Resource[key] = Pick("1.2", "", "web-1", "prod", "checkout");
        }

        return record;
    }

    private static string RandomBody(Random random)
    {
        string[] pieces =
        [
            "payment", "Payment", "declined", "DECLINED", "order", "ordér", "user", "users", "10.0.0.1", "10.0.0.12", "110.0.0.1", "/api/cart", "/api/cart/17", "/API/Cart", "café", "CAFÉ",
            "日本", "日", "a-b", "a-b-c", "17", "gateway", "x", "status=500", "[warn]", "--", "...", "api", "cart", "0", "foo_bar", "=", "(x)", "say \"hi\"", "back\\slash", "5?", "ten%", "us3r", "us日r",
            "504", "v1", "2026", "48213", "a1b2c3d4e5", "A1B2C3D4E5", "a1b2c3d4e6", "550e8400-e29b-41d4-a716-446655440000", "9日本", "ab1",
        ];
        string[] gaps = [" ", " ", " ", "", "-", ".", "\n", "\t", "  ", ":", "/", "\v", "\u00a0"];
        var body = new StringBuilder();
        for (var i = random.Next(8); i > 0; i--)
            body.Append(pieces[random.Next(pieces.Length)]).Append(gaps[random.Next(gaps.Length)]);
        return body.ToString();
    }
}
