using System.Globalization;

namespace Rialto.Forecast.Loads;

/// <summary>Time zones by name, and what a clock on the wall means in UTC.</summary>
internal static class Zones
{
    /// <summary>An IANA name, UTC, or a fixed offset such as UTC+8 or UTC-03:30; null when it is none.</summary>
    public static TimeZoneInfo? Find(string name)
    {
        if (name is "UTC" or "Z")
            return TimeZoneInfo.Utc;
        if (name.StartsWith("UTC", StringComparison.Ordinal) && Offset(name[3..]) is { } offset)
            return TimeZoneInfo.CreateCustomTimeZone(name, offset, name, name);
        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;
    }

    private static TimeSpan? Offset(string text)
    {
        if (text.Length < 2 || text[0] is not ('+' or '-'))
            return null;
        string[] parts = text[1..].Split(':');
        if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int hours) || hours > 14)
            return null;
        int minutes = 0;
        if (parts.Length == 2 && (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out minutes) || minutes > 59))
            return null;
        var offset = new TimeSpan(hours, minutes, 0);
        return text[0] == '-' ? -offset : offset;
    }
}

/// <summary>What came of a clock's time.</summary>
internal enum ClockTime
{
    Read,

    /// <summary>The hour that is skipped in spring.</summary>
    DoesNotExist,

    /// <summary>The hour that comes twice in autumn; taken by the order of the rows.</summary>
    ComesTwice,
}

/// <summary>
/// Reads the clock of one station. The hour that comes twice in autumn is told apart by the order of the rows: its first row is summer time, the
/// second winter time. Rows must be in order of time for that, as every logger writes them.
/// </summary>
internal sealed class WallClock(TimeZoneInfo zone)
{
    private DateTime _lastUtc = DateTime.MinValue;

    public ClockTime Read(DateTime local, out DateTime utc)
    {
        utc = default;
        if (zone.IsInvalidTime(local))
            return ClockTime.DoesNotExist;
        if (!zone.IsAmbiguousTime(local))
        {
            utc = _lastUtc = DateTime.SpecifyKind(local - zone.GetUtcOffset(local), DateTimeKind.Utc);
            return ClockTime.Read;
        }
        var offsets = zone.GetAmbiguousTimeOffsets(local);
        utc = DateTime.SpecifyKind(local - offsets.Max(), DateTimeKind.Utc);
        if (utc <= _lastUtc)
            utc = DateTime.SpecifyKind(local - offsets.Min(), DateTimeKind.Utc);
        _lastUtc = utc;
        return ClockTime.ComesTwice;
    }
}
