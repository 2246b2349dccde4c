using System.Globalization;

namespace Rialto.Platform.Jobs;

/// <summary>When a schedule is due.</summary>
public abstract record Recurrence
{
    private Recurrence()
    {
    }

    /// <summary>At whole multiples of <paramref name="interval"/> since midnight UTC, so that all nodes mean the same moments.</summary>
    public static Recurrence Every(TimeSpan interval) => new EveryInterval(interval);

    public static Recurrence DailyAt(TimeOnly utc) => new Daily(utc);

    /// <summary>The first occurrence after <paramref name="moment"/>.</summary>
    public abstract DateTimeOffset After(DateTimeOffset moment);

    private sealed record EveryInterval(TimeSpan Interval) : Recurrence
    {
        public override DateTimeOffset After(DateTimeOffset moment)
        {
            var ticks = moment.UtcTicks;
            return new DateTimeOffset(ticks - (ticks % Interval.Ticks) + Interval.Ticks, TimeSpan.Zero);
        }

        public override string ToString() => "every " + Interval.ToString("c", CultureInfo.InvariantCulture);
    }

    private sealed record Daily(TimeOnly Utc) : Recurrence
    {
        public override DateTimeOffset After(DateTimeOffset moment)
        {
            var today = new DateTimeOffset(moment.UtcDateTime.Date + Utc.ToTimeSpan(), TimeSpan.Zero);
            return today > moment ? today : today.AddDays(1);
        }

        public override string ToString() => "daily at " + Utc.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
    }
}

/// <summary>A recurring job.</summary>
internal sealed record Schedule(string Name, Recurrence Recurrence, object Arguments);
