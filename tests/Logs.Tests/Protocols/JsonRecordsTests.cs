using System.Text;
using Rialto.Logs.Ingest;
using Rialto.Logs.Protocols.Json;

namespace Rialto.Logs.Tests.Protocols;

public class JsonRecordsTests
{
    private const string Good = """{"message":"good"}""";

    [Theory]
    [InlineData("""{"message":"m"}""", "body=m")]
    [InlineData("""{"msg":"m","level":"ERROR"}""", "severity=17 body=m")]
    [InlineData("""{"body":"m","severity":"warning"}""", "severity=13 body=m")]
    [InlineData("""{"message":"m","severity_text":"Information"}""", "severity=9 body=m")]
    [InlineData("""{"message":"m","log.level":"debug"}""", "severity=5 body=m")]
    [InlineData("""{"message":"m","level":17}""", "severity=17 body=m")]
    [InlineData("""{"msg":"m","level":30}""", "severity=9 body=m")]
    [InlineData("""{"message":"m","level":"blue"}""", "body=m level=blue")]
    [InlineData("""{"message":"m","service":"checkout"}""", "service=checkout body=m")]
    [InlineData("""{"message":"m","service.name":"checkout"}""", "service=checkout body=m")]
    [InlineData("""{"message":"m","service_name":"checkout"}""", "service=checkout body=m")]
    [InlineData("""{"message":"m","service":{"name":"checkout","version":"2"}}""", "service=checkout body=m service.version=2")]
    [InlineData("""{"message":"m","env":"prod"}""", "environment=prod body=m")]
    [InlineData("""{"message":"m","environment":"prod"}""", "environment=prod body=m")]
    [InlineData("""{"message":"m","deployment.environment":"prod"}""", "environment=prod body=m")]
    [InlineData("""{"message":"m","host":"web-1"}""", "host=web-1 body=m")]
    [InlineData("""{"message":"m","hostname":"web-1"}""", "host=web-1 body=m")]
    [InlineData("""{"message":"m","host":{"name":"web-1","ip":["10.0.0.1"]}}""", """host=web-1 body=m host.ip=["10.0.0.1"]""")]
    [InlineData("""{"message":"m","trace_id":"0af7651916cd43dd8448eb211c80319c","span_id":"b7ad6b7169203331"}""", "trace=0af7651916cd43dd8448eb211c80319c span=b7ad6b7169203331 body=m")]
    [InlineData("""{"message":"m","traceId":"0AF7651916CD43DD8448EB211C80319C","spanId":"b7ad6b7169203331"}""", "trace=0af7651916cd43dd8448eb211c80319c span=b7ad6b7169203331 body=m")]
    [InlineData("""{"message":"m","trace":{"id":"8448eb211c80319c"}}""", "trace=00000000000000008448eb211c80319c body=m")]
    [InlineData("""{"message":"m","trace_id":"not hex"}""", "body=m trace_id=not hex")]
    [InlineData("""{"Timestamp":"2026-11-21T09:59:59Z","Level":"Warning","RenderedMessage":"m"}""", "severity=13 body=m")]
    [InlineData("""{"message":"one","msg":"two"}""", "body=one msg=two")]
    [InlineData("""{"message":"m","a":{"b":{"c":1},"d":"x"}}""", "body=m a.d=x a.b.c=#1")]
    [InlineData("""{"message":"m","list":[1,{"a":[]}],"yes":true,"no":false,"nothing":null,"empty":{}}""", """body=m list=[1,{"a":[]}] yes=true no=false""")]
    [InlineData("""{"message":42}""", "body=42")]
    [InlineData("""{"message":"a\u00e4\n\"\\\/\ud83d\ude00 \ud83d."}""", "body=aä\\n\"\\/😀 \uFFFD.")]
    [InlineData("""{"me\u0073sage":"m","k\"ey":"v"}""", "body=m k\"ey=v")]
    [InlineData("""{"hello":"world"}""", """body={"hello":"world"} hello=world""")]
    [InlineData("{}", "body={}")]
    public void Known_names_go_to_their_columns_and_the_rest_to_attributes(string json, string expected)
    {
        var decoded = Decoding.Decode(new JsonRecords(), json);
        decoded.Problems.ShouldBeEmpty();
        var row = decoded.Rows.ShouldHaveSingleItem();
        row[(row.IndexOf(' ') + 1)..].ShouldBe(expected);
    }

    [Theory]
    [InlineData("1", "#1")]
    [InlineData("-0", "#-0")]
    [InlineData("0.1", "#0.1")]
    [InlineData("9007199254740992", "#9007199254740992")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    [InlineData("1e3", "#1000")]
    [InlineData("1.5E-7", "#1.5E-07")]
    [InlineData("0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827")]
    [InlineData("1e400", "1e400")]
    [InlineData("123.456000", "#123.456")]
    [InlineData("1.7976931348623157e308", "#1.7976931348623157E+308")]
    public void Number_is_kept_as_a_number_only_when_a_double_holds_it(string number, string expected) =>
        Decoding.Decode(new JsonRecords(), $$"""{"message":"m","n":{{number}}}""").Rows.Single().ShouldEndWith($" n={expected}");

    [Fact]
    public void Array_lines_and_concatenated_objects_hold_the_same_records()
    {
        string[] records = [Good, """{"message":"x","a":{"b":[1,2]}}""", "{ \"level\" :\n\"info\" }"];
        var expected = Decoding.Decode(new JsonRecords(), $"[{string.Join(" , ", records)}]\n").Rows;
        expected.Count.ShouldBe(3);
        Decoding.Decode(new JsonRecords(), string.Join('\n', records)).Rows.ShouldBe(expected);
        Decoding.Decode(new JsonRecords(), string.Concat(records)).Rows.ShouldBe(expected);
        Decoding.Decode(new JsonRecords(), "\uFEFF" + string.Join("\r\n\r\n", records) + "\r\n").Rows.ShouldBe(expected);
    }

    [Fact]
    public void Slices_of_any_size_give_the_same_records_and_problems()
    {
        string[] records =
        [
            Good, """{"message":"x\u00e4","n":12.5,"deep":{"a":[1,{"b":"}]\""}]}}""", """{"message":"bad" "x"}""", """{"a":NaN}""", """["not an object"]""",
            """{"k":1,"k":2}""", """{"message":"last"}""",
        ];
        foreach (var body in new[] { string.Join('\n', records) + "\n", $"[{string.Join(",\n ", records)}]" })
        {
            var whole = Decoding.Decode(new JsonRecords(), body);
            whole.Rows.Count.ShouldBe(3);
            whole.Codes.ShouldBe([(2, "malformed-json"), (3, "malformed-json"), (4, "not-an-object"), (5, "duplicate-key")]);
            for (var size = 1; size < body.Length; size++)
            {
                var sliced = Decoding.Decode(new JsonRecords(), body, size);
                sliced.Rows.ShouldBe(whole.Rows, $"slices of {size}");
                sliced.Problems.ShouldBe(whole.Problems, $"slices of {size}");
            }
        }
    }

    [Theory]
    [InlineData("""{"message":"m","a":NaN}""", "malformed-json")]
    [InlineData("""{"message":"m","a":Infinity}""", "malformed-json")]
    [InlineData("""{"message":"m","a":-Infinity}""", "malformed-json")]
    [InlineData("""{"message":"m","a":01}""", "malformed-json")]
    [InlineData("""{"message":"m","a":+1}""", "malformed-json")]
    [InlineData("""{"message":"m","a":1.}""", "malformed-json")]
    [InlineData("""{"message":"m",}""", "malformed-json")]
    [InlineData("""{"message":"m" "a":1}""", "malformed-json")]
    [InlineData("""{"message":"a\x"}""", "malformed-json")]
    [InlineData("{\"message\":\"tab\there\"}", "malformed-json")]
    [InlineData("""{"message":"\u00g0"}""", "malformed-json")]
    [InlineData("""{"message":tru}""", "malformed-json")]
    [InlineData("{'message':'m'}", "malformed-json")]
    [InlineData("""[{"message":"m"}]""", "not-an-object")]
    [InlineData("\"text\"", "not-an-object")]
    [InlineData("17", "not-an-object")]
    [InlineData("NaN", "not-an-object")]
    [InlineData("""{"message":"m","timestamp":"yesterday"}""", "bad-timestamp")]
    [InlineData("""{"message":"m","timestamp":["2026"]}""", "bad-field")]
    [InlineData("""{"message":"m","timestamp":{"seconds":1}}""", "bad-field")]
    [InlineData("""{"message":"m","level":{}}""", "bad-field")]
    [InlineData("""{"message":"m","service":["a"]}""", "bad-field")]
    [InlineData("""{"message":"m","trace_id":{"a":1}}""", "bad-field")]
    [InlineData("""{"message":"m","k":1,"k":"two"}""", "duplicate-key")]
    [InlineData("""{"message":"m","a.b":1,"a":{"b":2}}""", "duplicate-key")]
    [InlineData("""{"message":"m","message":"n","message":"o"}""", "duplicate-key")]
    public void Record_that_cannot_be_taken_is_a_problem_with_its_index_and_costs_only_itself(string bad, string code)
    {
        foreach (var body in new[] { $"{Good}\n{bad}\n{Good}\n", $"[{Good},{bad},{Good}]" })
        {
            var decoded = Decoding.Decode(new JsonRecords(), body);
            decoded.Codes.ShouldBe([(1, code)], body);
            decoded.Rows.Count.ShouldBe(2, body);
            decoded.Problems[0].Problem.Message.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void Invalid_utf8_is_a_problem_of_its_record()
    {
        foreach (byte[] bytes in new byte[][] { [0xFF], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x98] })
        {
            byte[] body = [.. Encoding.UTF8.GetBytes(Good + "\n{\"message\":\"a"), .. bytes, .. Encoding.UTF8.GetBytes("b\"}\n" + Good)];
            var decoded = Decoding.Decode(new JsonRecords(), body);
            decoded.Codes.ShouldBe([(1, "invalid-utf8")]);
            decoded.Rows.Count.ShouldBe(2);
        }
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(100_000, false)]
    public void Nesting_is_bounded(int depth, bool accepted)
    {
        foreach (var (open, close) in new[] { ("{\"a\":", "}"), ("[", "]") })
        {
            var deep = $$"""{"message":"m","d":{{string.Concat(Enumerable.Repeat(open, depth))}}1{{string.Concat(Enumerable.Repeat(close, depth))}}}""";
            if (accepted && deep.Length > IngestLimits.KeyBytesMax)
                continue;
            foreach (var body in new[] { $"{Good}\n{deep}\n{Good}\n", $"[{Good},{deep},{Good}]" })
            {
                var decoded = Decoding.Decode(new JsonRecords(), body, 64 * 1024);
                decoded.Rows.Count.ShouldBe(accepted ? 3 : 2);
                if (!accepted)
                    decoded.Problems.Single().Problem.Code.ShouldBeOneOf("too-deep", "key-too-long", "record-too-large");
            }
        }
    }

    [Fact]
    public void Line_of_ten_megabytes_is_a_problem_and_the_next_record_is_taken()
    {
        var huge = $$"""{"message":"{{new string('x', 10_000_000)}}"}""";
        foreach (var body in new[] { $"{Good}\n{huge}\n{Good}\n", $"[{Good},{huge},{Good}]" })
        {
            var decoded = Decoding.Decode(new JsonRecords(), body, IngestLimits.RecordBytesMax);
            decoded.Codes.ShouldBe([(1, "record-too-large")]);
            decoded.Rows.Count.ShouldBe(2);
        }
    }

    [Fact]
    public void Record_of_the_largest_size_is_taken_and_one_byte_more_is_not()
    {
        const string Frame = "{\"message\":\"\"}";
        var largest = $$"""{"message":"{{new string('x', IngestLimits.RecordBytesMax - Frame.Length)}}"}""";
        Decoding.Decode(new JsonRecords(), $"{largest}\n{Good}", 2 * IngestLimits.RecordBytesMax).Rows.Count.ShouldBe(2);
        var larger = $$"""{"message":"{{new string('x', IngestLimits.RecordBytesMax - Frame.Length + 1)}}"}""";
        Decoding.Decode(new JsonRecords(), $"{larger}\n{Good}", 2 * IngestLimits.RecordBytesMax).Codes.ShouldBe([(0, "record-too-large")]);
    }

    [Fact]
    public void Attributes_keys_and_words_are_bounded()
    {
        string Attributes(int count) => $$"""{"message":"m",{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\":{i}"))}}}""";
        Decoding.Decode(new JsonRecords(), Attributes(256)).Rows.Count.ShouldBe(1);
        Decoding.Decode(new JsonRecords(), Attributes(257)).Codes.ShouldBe([(0, "too-many-attributes")]);
        Decoding.Decode(new JsonRecords(), $$"""{"{{new string('k', 256)}}":1}""").Rows.Count.ShouldBe(1);
        Decoding.Decode(new JsonRecords(), $$"""{"{{new string('k', 257)}}":1}""").Codes.ShouldBe([(0, "key-too-long")]);
        Decoding.Decode(new JsonRecords(), $$"""{"{{new string('k', 200)}}":{"{{new string('l', 100)}}":1} }""").Codes.ShouldBe([(0, "key-too-long")]);
        Decoding.Decode(new JsonRecords(), $$"""{"service":"{{new string('s', 257)}}"}""").Codes.ShouldBe([(0, "bad-field")]);
    }

    [Theory]
    [InlineData("\"9999-12-31T23:59:59Z\"", "9999-12-31T23:59:59Z")]
    [InlineData("\"0001-01-01T00:00:00Z\"", "0001-01-01T00:00:00Z")]
    [InlineData("\"2026-11-13T09:00:00Z\"", "2026-11-13T09:00:00Z")]
    [InlineData("\"2026-11-21T10:10:01Z\"", "2026-11-21T10:10:01Z")]
    [InlineData("253402300799", "253402300799")]
    [InlineData("0", "0")]
    [InlineData("1e300", "1e300")]
    public void Time_outside_the_window_becomes_the_arrival_and_the_senders_is_kept(string time, string original)
    {
        var decoded = Decoding.Decode(new JsonRecords(), $$"""{"message":"m","timestamp":{{time}}}""");
        decoded.Rows.Single().ShouldBe($"2026-11-21T10:00:00.000000000 body=m timestamp.original={original}");
        decoded.Notes.Single().Problem.Code.ShouldBe("timestamp-replaced");
    }

    [Theory]
    [InlineData("\"2026-11-21T09:59:58.123456789Z\"", "2026-11-21T09:59:58.123456789")]
    [InlineData("\"2026-11-21T10:59:58.5+01:00\"", "2026-11-21T09:59:58.500000000")]
    [InlineData("\"2026-11-21 04:59:58,123 -0500\"", "2026-11-21T09:59:58.123000000")]
    [InlineData("\"2026-11-21T09:59\"", "2026-11-21T09:59:00.000000000")]
    [InlineData("\"2026-11-20\"", "2026-11-20T00:00:00.000000000")]
    [InlineData("1795255198", "2026-11-21T09:59:58.000000000")]
    [InlineData("1795255198.25", "2026-11-21T09:59:58.250000000")]
    [InlineData("1795255198123", "2026-11-21T09:59:58.123000000")]
    [InlineData("1795255198123456", "2026-11-21T09:59:58.123456000")]
    [InlineData("1795255198123456789", "2026-11-21T09:59:58.123456789")]
    [InlineData("\"1795255198123\"", "2026-11-21T09:59:58.123000000")]
    [InlineData("1.795255198e9", "2026-11-21T09:59:58.000000000")]
    public void Times_are_read_in_the_forms_that_senders_use(string time, string expected) =>
        Decoding.Decode(new JsonRecords(), $$"""{"message":"m","@timestamp":{{time}}}""").Rows.Single().ShouldBe($"{expected} body=m");

    [Fact]
    public void Array_that_is_not_closed_keeps_its_records_and_says_so()
    {
        foreach (var (body, rows) in new[] { ($"[{Good},{Good}", 2), ($"[{Good},", 1), ("[", 0), ($"[{Good},{{\"message\":\"cu", 1) })
        {
            var decoded = Decoding.Decode(new JsonRecords(), body);
            decoded.Codes.ShouldBe([(rows, "body-truncated")], body);
            decoded.Rows.Count.ShouldBe(rows);
        }

        Decoding.Decode(new JsonRecords(), $"[{Good}] {Good}").Codes.ShouldBe([(1, "malformed-json")]);
        Decoding.Decode(new JsonRecords(), "[]").Rejected.ShouldBe(0);
        Decoding.Decode(new JsonRecords(), " \n").Rejected.ShouldBe(0);
    }

    [Fact]
    public void Element_with_unbalanced_brackets_does_not_swallow_the_next()
    {
        var decoded = Decoding.Decode(new JsonRecords(), $$"""[{{Good}},{"a":[1,{"b":2},{{Good}}]""");
        decoded.Rows.Count.ShouldBeGreaterThanOrEqualTo(1);
        decoded = Decoding.Decode(new JsonRecords(), $$"""[{{Good}},{"a":[1},{{Good}}]""");
        decoded.Codes.ShouldBe([(1, "malformed-json")]);
        decoded.Rows.Count.ShouldBe(2);
    }

    [Fact]
    public void Millions_of_broken_lines_are_counted_without_listing_them_all()
    {
        var decoded = Decoding.Decode(new JsonRecords(), string.Concat(Enumerable.Repeat("{\n", 200_000)) + Good, 256 * 1024);
        decoded.Rows.Count.ShouldBe(1);
        decoded.Rejected.ShouldBe(200_000);
        decoded.Problems.Count.ShouldBe(IngestLimits.ProblemsListedMax);
    }
}
