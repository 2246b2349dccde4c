using System.Text;

namespace Rialto.Logs.Protocols;

/// <summary>OpenTelemetry severity numbers (1 to 24) from the names and numbers that loggers use.</summary>
internal static class SeverityText
{
    public const byte Trace = 1;
    public const byte Debug = 5;
    public const byte Info = 9;
    public const byte Notice = 10;
    public const byte Warn = 13;
    public const byte Error = 17;
    public const byte Fatal = 21;

    /// <summary>The severity of a name in any case, or 0.</summary>
    public static byte Of(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > 16)
            return 0;
        Span<byte> lower = stackalloc byte[16];
        if (Ascii.ToLower(name, lower, out var length) != System.Buffers.OperationStatus.Done)
            return 0;
        lower = lower[..length];
        return lower[0] switch
        {
            (byte)'i' when Is(lower, "info"u8, "information"u8, "inf"u8, "informational"u8) || Is(lower, "i"u8) => Info,
            (byte)'w' when Is(lower, "warn"u8, "warning"u8, "wrn"u8, "w"u8) => Warn,
            (byte)'e' when Is(lower, "error"u8, "err"u8, "e"u8, "severe"u8) => Error,
            (byte)'e' when Is(lower, "emergency"u8, "emerg"u8) => 24,
            (byte)'s' when Is(lower, "severe"u8) => Error,
            (byte)'d' when Is(lower, "debug"u8, "dbg"u8, "d"u8) => Debug,
            (byte)'f' when Is(lower, "fatal"u8, "ftl"u8, "f"u8) => Fatal,
            (byte)'f' when Is(lower, "fine"u8) => Debug,
            (byte)'f' when Is(lower, "finer"u8, "finest"u8) => Trace,
            (byte)'c' when Is(lower, "critical"u8, "crit"u8, "c"u8) => Fatal,
            (byte)'t' when Is(lower, "trace"u8, "trc"u8, "t"u8) => Trace,
            (byte)'v' when Is(lower, "verbose"u8, "vrb"u8, "v"u8) => Trace,
            (byte)'n' when Is(lower, "notice"u8) => Notice,
            (byte)'a' when Is(lower, "alert"u8) => 22,
            (byte)'p' when Is(lower, "panic"u8) => 24,
            _ => 0,
        };
    }

    /// <summary>
    /// The severity of a number: 1 to 24 is OpenTelemetry's own; 30, 40, 50 and 60 are those of pino and bunyan.
    /// (Python's 30 is a warning: its loggers send names.)
    /// </summary>
    public static byte Of(double number) => number switch
    {
        >= 1 and <= 24 => (byte)number,
        > 24 and <= 30 => Info,
        > 30 and <= 40 => Warn,
        > 40 and <= 50 => Error,
        > 50 and <= 60 => Fatal,
        _ => 0,
    };

    /// <summary>Syslog's severities, 0 (emergency) to 7 (debug).</summary>
    public static byte OfSyslog(int severity) => severity switch
    {
        0 => 24,
        1 => 22,
        2 => Fatal,
        3 => Error,
        4 => Warn,
        5 => Notice,
        6 => Info,
        _ => Debug,
    };

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> a, ReadOnlySpan<byte> b = default, ReadOnlySpan<byte> c = default, ReadOnlySpan<byte> d = default) =>
        name.SequenceEqual(a) || (!b.IsEmpty && name.SequenceEqual(b)) || (!c.IsEmpty && name.SequenceEqual(c)) || (!d.IsEmpty && name.SequenceEqual(d));
}
