using System.Text;
using Rialto.Fixtures;
using Rialto.Logs.Ingest;
using Rialto.Logs.Protocols.Elastic;
using Rialto.Logs.Protocols.Json;
using Rialto.Logs.Protocols.Otlp;
using Rialto.Logs.Records;
using Rialto.Logs.Syslog;

namespace Rialto.Logs.Tests.Protocols;

/// <summary>
/// What each protocol's sample becomes, record by record and problem by problem. After a wanted change run with <c>RIALTO_GOLDEN=write</c> and read the difference.
/// </summary>
public class GoldenFileTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "tests", "Logs.Tests", "Protocols", "Golden");

    [Fact]
    public void Native_sample_decodes_as_agreed() => Compare("native.json", body => Decoding.Decode(new JsonRecords(), body));

    [Fact]
    public void Bulk_sample_decodes_as_agreed()
    {
        var records = new BulkRecords();
        Compare("bulk.ndjson", body => Decoding.Decode(records, body));
        records.Items.Count(item => item.Problem is null).ShouldBe(4);
    }

    [Fact]
    public void Syslog_sample_decodes_as_agreed() => Compare("syslog.txt", body => Decoding.Decode(new SyslogFrames(), body));

    [Fact]
    public void Otlp_json_sample_decodes_as_agreed() => Compare("otlp.json", DecodeOtlp);

    [Fact]
    public void Otlp_protobuf_and_json_of_the_same_records_decode_to_the_same()
    {
        var protobuf = Decode(OtlpSample.Protobuf());
        var json = DecodeOtlp(Encoding.UTF8.GetBytes(OtlpSample.Json));
        protobuf.Rows.ShouldBe(json.Rows);
        protobuf.Rows.Count.ShouldBe(3);
    }

    [Fact]
    public void Otlp_protobuf_cut_at_any_byte_keeps_the_records_before_the_cut_and_never_throws()
    {
        var whole = OtlpSample.Protobuf();
        for (var length = 0; length < whole.Length; length++)
        {
            var decoded = Decode(whole[..length]);
            decoded.Rows.Count.ShouldBeLessThanOrEqualTo(3);
            if (length > 0)
                decoded.Rejected.ShouldBeGreaterThan(0, $"cut at {length}");
        }
    }

    [Fact]
    public void Otlp_protobuf_with_any_byte_changed_never_throws()
    {
        var whole = OtlpSample.Protobuf();
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (byte flip in new byte[] { 1, 8, 0x80, 0xFF })
            {
                var changed = whole.ToArray();
                changed[at] ^= flip;
                Decode(changed).Rows.Count.ShouldBeLessThanOrEqualTo(20);
            }
        }
    }

    [Fact]
    public void Otlp_json_cut_at_any_byte_keeps_the_records_before_the_cut_and_never_throws()
    {
        var whole = Encoding.UTF8.GetBytes(OtlpSample.Json);
        for (var length = 0; length < whole.Length; length++)
        {
            var decoded = DecodeOtlp(whole[..length]);
            decoded.Rejected.ShouldBeGreaterThan(0, $"cut at {length}");
        }
    }

    internal static Decoded DecodeOtlp(byte[] body)
    {
        var intake = new Intake(new RecordBatchPool(), Decoding.Source, Decoding.Now);
        new OtlpJson(new OtlpRows(intake)).Decode(body);
        return Finish(intake);
    }

    internal static Decoded Decode(byte[] protobuf)
    {
        var intake = new Intake(new RecordBatchPool(), Decoding.Source, Decoding.Now);
        new OtlpProto(new OtlpRows(intake)).Decode(protobuf);
        return Finish(intake);
    }

    private static Decoded Finish(Intake intake)
    {
        var rows = new List<string>();
        Decoding.Take(intake, rows);
        return new Decoded(rows, intake.Problems, intake.Rejected, intake.Notes);
    }

    private static void Compare(string name, Func<byte[], Decoded> decode)
    {
        var decoded = decode(File.ReadAllBytes(Path.Combine(Folder, name)));
        var actual = new StringBuilder();
        foreach (var row in decoded.Rows)
            actual.Append(row).Append('\n');
        foreach (var (index, problem) in decoded.Problems)
            actual.Append($"problem {index}: {problem.Code}: {problem.Message}\n");
        foreach (var (index, note) in decoded.Notes)
            actual.Append($"note {index}: {note.Code}\n");

        var expected = Path.Combine(Folder, Path.ChangeExtension(name, ".expected"));
        if (Environment.GetEnvironmentVariable("RIALTO_GOLDEN") == "write")
            File.WriteAllText(expected, actual.ToString());
        actual.ToString().ShouldBe(File.ReadAllText(expected));
    }
}
