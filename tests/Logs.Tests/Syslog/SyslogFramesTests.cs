using System.Text;
using Rialto.Logs.Syslog;
using Rialto.Logs.Tests.Protocols;

namespace Rialto.Logs.Tests.Syslog;

public class SyslogFramesTests
{
    [Fact]
    public void Counted_and_line_framing_mix_on_one_connection_in_slices_of_any_size()
    {
        string[] messages = ["<13>1 2026-11-21T09:59:58Z h a p m - counted", "<13>1 2026-11-21T09:59:58Z h a p m - line", "<14>1 2026-11-21T09:59:58Z h a p m - two\nlines counted", "<13>7 days text"];
        var body = $"{Counted(messages[0])}{messages[1]}\n{Counted(messages[2])}{Counted(messages[0])}{messages[3]}\n{messages[1]}\0{Counted(messages[2])}";
        var whole = Decoding.Decode(new SyslogFrames(), body);
        whole.Rows.Count.ShouldBe(7);
        whole.Rows[2].ShouldContain("two\\nlines counted");
        for (var size = 1; size < body.Length; size++)
            Decoding.Decode(new SyslogFrames(), body, size).Rows.ShouldBe(whole.Rows, $"slices of {size}");
    }

    [Fact]
    public void Message_beyond_the_limit_is_cut_and_the_next_is_whole()
    {
        var huge = "<13>Nov 21 09:59:58 h app: " + new string('x', 10_000_000);
        foreach (var body in new[] { $"{huge}\n<13>Nov 21 09:59:58 h app: next\n", $"{Counted(huge)}{Counted("<13>Nov 21 09:59:58 h app: next")}" })
        {
            var decoded = Decoding.Decode(new SyslogFrames(), body, SyslogMessage.BytesMax);
            decoded.Rows.Count.ShouldBe(2);
            decoded.Rows[0].ShouldContain("syslog.truncated=true");
            decoded.Rows[1].ShouldContain("body=next");
        }
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_replaced()
    {
        byte[] message = [.. "<13>Nov 21 09:59:58 h app: Gr"u8, 0xFC, 0xDF, .. "e\n"u8];
        Decoding.Decode(new SyslogFrames(), message).Rows.Single().ShouldContain("body=Gr\uFFFD\uFFFDe");
    }

    [Fact]
    public void Noise_never_throws()
    {
        var random = new Random(3);
        for (var round = 0; round < 5_000; round++)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            byte[] message = round % 2 == 0 ? noise : [.. "<13>1 2026-11-21T09:59:58Z h a p m [a b=\""u8, .. noise];
            Decoding.Decode(new SyslogFrames(), message, 50).Problems.ShouldBeEmpty();
        }
    }

    private static string Counted(string message) => $"{Encoding.UTF8.GetByteCount(message)} {message}";
}
