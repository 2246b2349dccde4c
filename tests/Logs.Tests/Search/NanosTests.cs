using Rialto.Logs.Search;

namespace Rialto.Logs.Tests.Search;

public class NanosTests
{
    private const long Now = 1_795_262_400_000_000_000; // 2026-11-21T12:00:00Z

    [Theory]
    [InlineData("2026-11-21T12:00:00Z", 0L)]
    [InlineData("2026-11-21T12:00:00", 0L)]
    [InlineData("2026-11-21T14:00:00+02:00", 0L)]
    [InlineData("2026-11-21T12:00:00.5Z", 500_000_000L)]
    [InlineData("2026-11-21T12:00:00.123456789Z", 123_456_789L)]
    [InlineData("2026-11-21T12:00:00.12345678+00:00", 123_456_780L)]
    [InlineData("2026-11-21", -43_200_000_000_000L)]
    [InlineData("now", 0L)]
    [InlineData("now-15m", -900_000_000_000L)]
    [InlineData("-2h", -7_200_000_000_000L)]
    [InlineData("now+10s", 10_000_000_000L)]
    [InlineData("now 10s", 10_000_000_000L)]
    [InlineData("-1w", -604_800_000_000_000L)]
    public void Times_are_read_to_the_nanosecond(string text, long sinceNow)
    {
        Nanos.TryRead(text, Now, out var nanos).ShouldBeTrue();
        (nanos - Now).ShouldBe(sinceNow);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("15m")]
    [InlineData("-")]
    [InlineData("-m")]
    [InlineData("-5x")]
    [InlineData("now-")]
    [InlineData("-999999999w")]
    [InlineData("2026-11-21T12:00:00.1234567890Z")]
    [InlineData("2026-11-21T12:00:00.Z")]
    [InlineData("9999-01-01")]
    [InlineData("1969-01-01")]
    [InlineData("12/11/2026 10:00")]
    public void What_is_no_time_is_refused(string text) => Nanos.TryRead(text, Now, out _).ShouldBeFalse();

    [Theory]
    [InlineData(0, "1970-01-01T00:00:00Z")]
    [InlineData(Now, "2026-11-21T12:00:00Z")]
    [InlineData(Now + 1, "2026-11-21T12:00:00.000000001Z")]
    [InlineData(Now + 1000, "2026-11-21T12:00:00.000001Z")]
    [InlineData(Now + 120_000_000, "2026-11-21T12:00:00.120Z")]
    public void Times_are_written_as_short_as_they_are(long nanos, string text)
    {
        Nanos.Format(nanos).ShouldBe(text);
        Nanos.TryRead(text, 0, out var again).ShouldBeTrue();
        again.ShouldBe(nanos);
    }
}
