using Rialto.Fixtures;
using Rialto.Logs.Live;
using Rialto.Logs.Query;

namespace Rialto.Logs.Tests.Query;

/// <summary>What each kind of condition means, for the engine and the live filter alike.</summary>
public class QuerySemanticsTests(ClickHouseFixture clickHouse)
{
    private static readonly Dictionary<string, uint> Applications = new() { ["shop"] = 1 };

    // A query, bodies that it finds, bodies that it does not.
    private static readonly (string Query, string[] Found, string[] NotFound)[] Bodies =
    [
        ("error", ["error", "An ERROR: disk", "error_code=5", "(error)"], ["errors", "terror", "err or", ""]),
        ("payment failed", ["failed payment", "Payment has FAILED"], ["payment", "payments failed"]),
        ("\"payment failed\"", ["the Payment Failed.", "payment failed"], ["failed payment", "payment  failed", "payment failedover", "prepayment failed", "payment-failed"]),
        ("10.0.0.1", ["from 10.0.0.1:80", "10.0.0.1"], ["10.0.0.12", "110.0.0.1", "10 0 0 1", "1.0.0.10"]),
        ("10.0.0.1", ["10.0.0.12 then 10.0.0.1"], []),
        ("/api/cart", ["GET /api/cart/17", "/API/CART?x", "x/api/cart"], ["/api/carts", "api cart", "/api /cart"]),
        ("a-b-c", ["x a-b-c y"], ["a-b-cd", "a b c"]),
        ("\"--\"", ["a -- b", "a---b"], ["a - b"]),
        ("café", ["ein Café am See"], ["CAFÉ", "cafés", "cafe"]),
        ("日本", ["支付 日本 失败"], ["日本語", "日"]),
        ("pay*", ["Payment", "re pay", "pay"], ["repay"]),
        ("*ment", ["payment.", "ment"], ["payments"]),
        ("*aym*", ["PAYMENT", "raym"], ["pay ment"]),
        ("/*/cart", ["/api/v1/cart", "/x/cart?y"], ["/api/x /cart", "/cart"]),
        ("a*c", ["a.b:c", "abc", "xx a(b)c"], ["a b c", "a\tc", "abcd", "xabc"]),
        ("a*c", ["a\vc", "a\u00a0c"], []),
        ("ord?r", ["order", "ordér", "ord日r"], ["ord r", "ordr", "ordeer"]),
        ("??foo", ["日本foo", "abfoo", "xab foo abfoo"], ["日foo", "afoo", " foo"]),
        ("a*?foo", ["a日foo", "axfoo"], ["afoo"]),
        ("5\\*", ["5* hotel"], ["55 hotel"]),
        ("body:*", ["x", " "], [""]),
        ("body:\"\"", [""], ["x"]),
        ("NOT error", ["", "fine"], ["error"]),
        ("", ["", "x"], []),
    ];

    // An attribute's condition, attributes that it finds, attributes that it does not. A number is written without quotes.
    private static readonly (string Query, string[] Found, string[] NotFound)[] Attributes =
    [
        ("k:5", ["k=5", "k='5'", "k=5.0"], ["", "k='5.0'", "k=50", "j=5"]),
        ("k:\"5.0\"", ["k='5.0'", "k=5"], ["k='5'"]),
        ("k:0", ["k=0", "k='0'"], ["", "k=1"]),
        ("k:>5", ["k=5.5"], ["", "k=5", "k='6'"]),
        ("k:<5", ["k=0", "k=-1"], ["", "k=5", "k='1'"]),
        ("k:<=-1", ["k=-1", "k=-3"], ["", "k=0"]),
        ("NOT k:>5", ["", "k=5", "k='6'"], ["k=6"]),
        ("k:[* TO *]", ["k=0"], ["", "k='0'"]),
        ("k:{0 TO 2}", ["k=1"], ["k=0", "k=2", ""]),
        ("k:*", ["k=0", "k=''"], ["", "j=5"]),
        ("k:\"\"", ["k=''"], ["", "k='x'", "k=0"]),
        ("k:4*", ["k=404", "k='4x'", "k=4"], ["k=1e300", "k=14", "k=4.5", ""]),
        ("k:0*", ["k=0"], [""]),
        ("k:*7", ["k=17", "k=-17"], ["k=1.7"]),
        ("k:-1*", ["k=-17"], ["k=17"]),
        ("k:a?c", ["k='abc'", "k='a c'", "k='a日c'"], ["k='abcd'", "k='ABC'"]),
        ("k:5%", ["k='5%'"], ["k='55'"]),
        ("k:5%*", ["k='5%x'"], ["k='555'"]),
        ("k:a_*", ["k='a_b'"], ["k='abb'"]),
        ("k:\"v=w\"", ["k='v=w'"], ["k=v='w'", ""]),
        ("\"k=v\":w", ["k=v='w'"], ["k='v=w'"]),
        ("resource.pod:web-1", ["r.pod='web-1'"], ["pod='web-1'", "", "r.pod='web-12'"]),
        ("resource.pod:*", ["r.pod=''"], ["pod='x'", ""]),
        ("resource.pod:web-?", ["r.pod='web-1'"], ["r.pod='web-12'"]),
    ];

    [Fact]
    public Task Words_phrases_and_wildcards_find_these_bodies_and_no_others() =>
        CheckAsync([.. Bodies.Select(line => (line.Query, line.Found.Select(WithBody).ToArray(), line.NotFound.Select(WithBody).ToArray()))]);

    [Fact]
    public Task Attribute_conditions_find_these_attributes_and_no_others() =>
        CheckAsync([.. Attributes.Select(line => (line.Query, line.Found.Select(WithAttribute).ToArray(), line.NotFound.Select(WithAttribute).ToArray()))]);

    [Fact]
    public Task Levels_are_names_of_severity_numbers()
    {
        SampleRecord[] Of(params byte[] numbers) => [.. numbers.Select(number => new SampleRecord { Severity = number })];

        return CheckAsync(
        [
            ("level:error", Of(17, 18, 20), Of(16, 21, 0)),
            ("level:ERROR", Of(17), Of(0)),
            ("severity:17", Of(17), Of(18)),
            ("level:>=warn", Of(13, 24), Of(12, 0)),
            ("level:>error", Of(21), Of(20)),
            ("level:<warn", Of(1, 12), Of(0, 13)),
            ("level:[info TO warn]", Of(9, 16), Of(8, 17, 0)),
            ("level:none", Of(0), Of(1)),
            ("level:*", Of(1), Of(0)),
            ("NOT level:<warn", Of(0, 13), Of(12)),
            ("level:(error OR fatal)", Of(17, 24), Of(9)),
        ]);
    }

    [Fact]
    public Task Ids_are_found_whole_or_by_their_beginning()
    {
        const string id = "4bf92f3577b34da6a3ce929d0e0e4736";
        SampleRecord[] Of(params string[] ids) => [.. ids.Select(trace => new SampleRecord { Trace = trace })];
        var none = new string('0', 32);

        return CheckAsync(
        [
            ($"trace:{id}", Of(id), Of(none, "4bf92f3577b34da6a3ce929d0e0e4737")),
            ("trace_id:4BF92F35-77B3-4DA6-A3CE-929D0E0E4736", Of(id), Of(none)),
            ("trace:4bf92*", Of(id, "4bf92fffffffffffffffffffffffffff"), Of("4bf93000000000000000000000000000")),
            ("trace:*", Of(id), Of(none)),
            ("trace:0*", Of("00000000000000000000000000000001"), Of(none, id)),
            ($"trace:{none}", [], Of(none, id)),
            ($"-trace:{id}", Of(none), Of(id)),
        ]);
    }

    private static SampleRecord WithBody(string body) => new() { Body = body };

    private static SampleRecord WithAttribute(string text)
    {
        var record = new SampleRecord();
        if (text.Length == 0)
            return record;
        var equal = text.LastIndexOf(text.EndsWith('\'') ? "='" : "=", StringComparison.Ordinal);
        var (key, value) = (text[..equal], text[(equal + 1)..]);
        if (key.StartsWith("r.", StringComparison.Ordinal))
            record.Resource[key[2..]] = value.Trim('\'');
        else if (value.StartsWith('\''))
            record.Attributes[key] = value.Trim('\'');
        else
            record.Numbers[key] = double.Parse(value);
        return record;
    }

    private async Task CheckAsync(IReadOnlyList<(string Query, SampleRecord[] Found, SampleRecord[] NotFound)> lines)
    {
        var database = await DifferentialTests.TableAsync(clickHouse);
        var records = lines.SelectMany(line => line.Found.Concat(line.NotFound)).ToList();
        for (var i = 0; i < records.Count; i++)
            records[i].Sequence = (ulong)i + 1;
        await SampleRecord.InsertAsync(database, records);
        var batch = SampleRecord.Batch(records, "shop");

        foreach (var (query, found, notFound) in lines)
        {
            QueryBinder.TryRead(query, Applications, out var condition, out var error).ShouldBeTrue(error?.Detail);
            var inEngine = await DifferentialTests.SearchAsync(database, condition!);
            var filter = new LiveFilter(condition!);
            var mayMatch = filter.Begin(batch);
            foreach (var (record, expected) in found.Select(record => (record, true)).Concat(notFound.Select(record => (record, false))))
            {
                var shown = RecordText.Of(batch, (int)record.Sequence - 1);
                inEngine.Contains(record.Sequence).ShouldBe(expected, $"engine: {query} in {shown}");
                (mayMatch && filter.Matches(batch, (int)record.Sequence - 1)).ShouldBe(expected, $"live: {query} in {shown}");
            }
        }
    }
}
