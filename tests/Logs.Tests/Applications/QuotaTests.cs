using Rialto.Fixtures;
using Rialto.Logs.Applications;

namespace Rialto.Logs.Tests.Applications;

public sealed class QuotaTests
{
    private readonly StillClock _clock = new();
    private readonly Quota _quota;

    public QuotaTests() => _quota = new Quota(_clock);

    private DateOnly Today => DateOnly.FromDateTime(_clock.GetUtcNow().UtcDateTime);

    private (Refusal Refusal, int RetryAfterSeconds) Enter() => (_quota.TryEnter(out var seconds), seconds);

    [Fact]
    public void Two_seconds_of_the_rate_may_come_at_once_and_a_large_request_is_paid_for_by_waiting()
    {
        _quota.Limit(recordsPerSecond: 10, bytesPerDay: null);
        _quota.Charge(19, 0, 0);
        Enter().ShouldBe((Refusal.None, 0), "one record is left");
        _quota.Charge(51, 0, 0);
        Enter().ShouldBe((Refusal.Rate, 5), "fifty too many, at ten a second");
        _clock.Ahead += TimeSpan.FromSeconds(5);
        Enter().ShouldBe((Refusal.Rate, 1), "all is paid for, and nothing is there yet");
        _clock.Ahead += TimeSpan.FromSeconds(1);
        Enter().ShouldBe((Refusal.None, 0));
        // A long rest gives no more than the two seconds.
        _clock.Ahead += TimeSpan.FromHours(1);
        Enter().ShouldBe((Refusal.None, 0));
        _quota.Charge(20, 0, 0);
        Enter().ShouldBe((Refusal.Rate, 1));
    }

    [Fact]
    public void The_days_bytes_are_those_of_all_nodes_and_end_with_the_day()
    {
        _clock.Ahead += TimeSpan.FromHours(23);
        _quota.Limit(recordsPerSecond: null, bytesPerDay: 100);
        _quota.SetUsed(Today, 60);
        _quota.Charge(1, 39, 0);
        Enter().ShouldBe((Refusal.None, 0));
        _quota.Charge(1, 1, 0);
        Enter().ShouldBe((Refusal.Day, 3601));
        _clock.Ahead += TimeSpan.FromHours(1);
        Enter().ShouldBe((Refusal.None, 0), "a new day");
        _quota.Charge(1, 10, 0);
        Enter().ShouldBe((Refusal.None, 0), "what was used yesterday is over");
        _quota.Charge(1, 100, 0);
        Enter().Refusal.ShouldBe(Refusal.Day);
        _quota.Limit(recordsPerSecond: null, bytesPerDay: null);
        Enter().ShouldBe((Refusal.None, 0), "nothing is agreed any more");
    }

    [Fact]
    public void What_is_being_written_counts_and_what_could_not_be_written_is_not_lost()
    {
        _quota.Limit(recordsPerSecond: null, bytesPerDay: 100);
        _quota.Charge(2, 100, 1);
        var usage = _quota.TakeUsage();
        usage.ShouldBe((2, 100, 1));
        _quota.TakeUsage().ShouldBe((0, 0, 0), "it is taken once");
        Enter().Refusal.ShouldBe(Refusal.Day, "it counts while it is written");
        _quota.ReturnUsage(usage);
        Enter().Refusal.ShouldBe(Refusal.Day);
        _quota.Limit(recordsPerSecond: null, bytesPerDay: 101);
        Enter().Refusal.ShouldBe(Refusal.None, "it is put back once and counts once");
        _quota.TakeUsage().ShouldBe((2, 100, 1));
    }

    [Fact]
    public void A_limit_that_stays_keeps_the_credit_and_another_one_begins_anew()
    {
        _quota.Limit(recordsPerSecond: 10, bytesPerDay: null);
        _quota.Charge(100, 0, 0);
        _quota.Limit(recordsPerSecond: 10, bytesPerDay: null);
        Enter().Refusal.ShouldBe(Refusal.Rate);
        _quota.Limit(recordsPerSecond: 20, bytesPerDay: null);
        Enter().ShouldBe((Refusal.None, 0));
    }
}
