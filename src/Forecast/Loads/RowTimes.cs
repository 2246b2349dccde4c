using System.Globalization;

namespace Rialto.Forecast.Loads;

/// <summary>Reads the time of a row into the step of its series.</summary>
internal sealed class RowTimes
{
    private readonly int _column, _year, _month, _day, _hour;
    private readonly string? _format;
    private readonly bool _daily, _exact;
    private readonly TimeZoneInfo _zone;
    private readonly DateTime _latest;

    /// <param name="now">A value of the future was not measured.</param>
    public RowTimes(Mapping mapping, Dictionary<string, int> header, DateTimeOffset now)
    {
        int At(string? name) => name is null ? -1 : header[name];
        (_column, _year, _month, _day, _hour) = (At(mapping.Time!.Column), At(mapping.Time.Year), At(mapping.Time.Month), At(mapping.Time.Day), At(mapping.Time.Hour));
        _format = mapping.Time.Format;
        _daily = mapping.Step == "day";
        _exact = mapping.Aggregate == "last";
        _zone = Zones.Find(mapping.Zone!)!;
        _latest = now.UtcDateTime.AddDays(1);
    }

    public long ComesTwice { get; private set; }

    /// <summary>Seconds since 1970 of the step of this row; a code and a message when it has none.</summary>
    public (string Code, string Message)? Read(CsvRows row, SeriesSlot clockOf, out uint at)
    {
        at = 0;
        if (Parse(row, out var local, out bool isUtc) is { } wrong)
            return wrong;
        DateTime utc;
        if (_daily)
            utc = DateTime.SpecifyKind((isUtc ? TimeZoneInfo.ConvertTimeFromUtc(local, _zone) : local).Date, DateTimeKind.Utc);
        else if (isUtc)
            utc = local;
        else if (Clock(local, clockOf, out utc) is { } skipped)
            return skipped;
        if (utc < DateTime.UnixEpoch || utc > _latest)
            return ("time-out-of-range", string.Create(CultureInfo.InvariantCulture, $"{utc:yyyy-MM-dd HH:mm} lies before 1970 or in the future."));
        long seconds = (long)(utc - DateTime.UnixEpoch).TotalSeconds, step = _daily ? 86_400 : 3600;
        if (_exact && seconds % step != 0)
            return ("time-off-step", string.Create(CultureInfo.InvariantCulture, $"{utc:yyyy-MM-dd HH:mm:ss} is not on the hour; give an aggregate (mean, sum) to bring finer rows to the step."));
        at = (uint)(seconds - seconds % step);
        return null;
    }

    private (string, string)? Clock(DateTime local, SeriesSlot clockOf, out DateTime utc)
    {
        var read = (clockOf.Clock ??= new WallClock(_zone)).Read(local, out utc);
        if (read == ClockTime.ComesTwice)
            ComesTwice++;
        return read == ClockTime.DoesNotExist
            ? ("time-does-not-exist", string.Create(CultureInfo.InvariantCulture, $"{local:yyyy-MM-dd HH:mm} is skipped by the clocks of {_zone.Id} when summer time begins."))
            : null;
    }

    private (string, string)? Parse(CsvRows row, out DateTime time, out bool isUtc)
    {
        (time, isUtc) = (default, false);
        if (_column >= 0)
            return ParseWhole(row[_column].Trim(), out time, out isUtc);
        int hour = 0;
        if (!Number(row[_year], out int year) || !Number(row[_month], out int month) || !Number(row[_day], out int day) || (_hour >= 0 && !Number(row[_hour], out hour)))
            return ("time-unreadable", "Year, month, day and hour must be whole numbers.");
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour is < 0 or > 24)
            return ("time-unreadable", $"There is no {year}-{month}-{day} at {hour} o'clock.");
        time = new DateTime(year, month, day).AddHours(hour);
        return null;
    }

    private (string, string)? ParseWhole(ReadOnlySpan<char> text, out DateTime time, out bool isUtc)
    {
        (time, isUtc) = (default, false);
        if (_format == "unix")
        {
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seconds) && seconds is >= 0 and <= uint.MaxValue)
            {
                (time, isUtc) = (DateTime.UnixEpoch.AddSeconds(seconds), true);
                return null;
            }
        }
        else if (_format is not null)
        {
            if (DateTime.TryParseExact(text, _format, CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
                return null;
        }
        // Only the order year-month-day is the same everywhere; 03/04/2020 needs a format.
        else if (text.Length >= 10 && text[4] == '-' && text[7] == '-'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            isUtc = text[^1] is 'Z' or 'z' || (text.Length > 10 && text[10..].IndexOfAny('+', '-') >= 0);
            // Of no kind: zones read the clock of a time that calls itself UTC as if it were one.
            time = DateTime.SpecifyKind(moment.UtcDateTime, DateTimeKind.Unspecified);
            return null;
        }
        return ("time-unreadable", $"\"{text}\" is no time {(_format is null ? "like 2026-11-21T10:00:00" : "like " + _format)}.");
    }

    private static bool Number(ReadOnlySpan<char> text, out int number) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
