using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Text;
using Npgsql;

namespace Rialto.Platform;

/// <summary>Every mistake found in the settings, one sentence a line.</summary>
public sealed class SettingsException(IReadOnlyList<string> mistakes) : Exception(string.Join(Environment.NewLine, mistakes))
{
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}

/// <summary>
/// Reads <see cref="Settings"/> from environment variables. Each has a twin on the command line (<c>RIALTO_PORT=1</c> is
/// <c>--port 1</c>), which wins. One table drives reading, validation and <c>--help</c>, so they cannot disagree.
/// </summary>
public static class SettingsReader
{
    private const string Prefix = "RIALTO_";

    /// <param name="IsSecret">The value holds a password or is one: it is not repeated when it is wrong.</param>
    private sealed record Entry(string Name, string Default, string Help, Func<Settings, string, Settings> Apply, bool IsSecret = false);

    private static readonly Entry[] Entries =
    [
        new("PORT", "8080", "Port of the web application and the HTTP API; 0 picks a free one.",
            (settings, text) => settings with { Port = Number(text, 0, 65_535) }),
        new("BIND", "127.0.0.1 in demo mode, else 0.0.0.0", "Address to listen on.",
            (settings, text) => settings with { Bind = Address(text) }),
        new("DATA", ".rialto/", "Directory of all data. One host at a time may use it.",
            (settings, text) => settings with { DataDirectory = Path.GetFullPath(text) }),
        new("KEY_FILE", "keys.json in the data directory", "Keys that wrap the keys of secrets; the same file on every node.",
            (settings, text) => settings with { KeyFile = Path.GetFullPath(text) }),
        new("PUBLIC_URL", "the address of the request", "Address under which people reach this installation, for links in mails and single sign-on.",
            (settings, text) => settings with { PublicUrl = HttpAddress(text) }),
        new("SMTP", "none: links are shown to who made them", "Mail server, smtp+tls://user:password@host:587 (STARTTLS), or smtp://host:25 without encryption.",
            (settings, text) => settings with { Smtp = MailServer(text) }, IsSecret: true),
        new("MAIL_FROM", "rialto@ the host of PUBLIC_URL", "Sender of our mails.",
            (settings, text) => settings with { MailFrom = MailAddress(text) }),
        new("UPSTREAM_ALLOW", "none", "Networks of this machine or its link that routes and single sign-on may reach all the same, for example 127.0.0.1/32.",
            (settings, text) => settings with { UpstreamAllow = Networks(text) }),
        new("MODULES", "all", "Modules to run, for example logs,store; none runs the platform alone.",
            (settings, text) => settings with { Modules = Names(text) }),
        new("DEMO", "off (./run turns it on)", "on = put demo accounts and demo data in place.",
            (settings, text) => settings with { Demo = Switch(text) }),
        new("DEMO_PASSWORD", "random, printed", "Password of the demo accounts.",
            (settings, text) => settings with { DemoPassword = text }, IsSecret: true),
        new("DEMO_KEY", "random, printed", "Key of the demo application, for example rk_demo_0123456789abcdef.",
            (settings, text) => settings with { DemoKey = Key(text) }, IsSecret: true),
        new("POSTGRES", "a private child process", "Connection string of a PostgreSQL server (Host=...;Username=...;Password=...;Database=...).",
            (settings, text) => settings with { Postgres = Connection(text) }, IsSecret: true),
        new("CLICKHOUSE", "a private child process", "Address of a ClickHouse server (http://user:password@host:8123/).",
            (settings, text) => settings with { ClickHouse = HttpAddress(text) }, IsSecret: true),
        new("SYSLOG_PORT", "5514", "Port of syslog, TCP and UDP; 0 turns it off, any picks a free one, which the status shows.",
            (settings, text) => settings with { SyslogPort = text == "any" ? Settings.AnyPort : Number(text, 0, 65_535) }),
        new("NODE_ID", "0", "Number of this node, 0 to 1023, different for every node of a cluster.",
            (settings, text) => settings with { NodeId = Number(text, 0, 1023) }),
        new("SPOOL_BYTES", "10737418240 (10 GiB)", "Records that may wait on disk for ClickHouse; beyond it senders get 503 and Retry-After.",
            (settings, text) => settings with { SpoolBytes = Bytes(text) }),
        new("HEADER_SECONDS", "15", "How long a client may take over the headers of a request.",
            (settings, text) => settings with { HeadersTimeout = TimeSpan.FromSeconds(Number(text, 1, 600)) }),
        new("DEMO_SENDER", "on", "off = no generated records in demo mode.",
            (settings, text) => settings with { DemoSender = Switch(text) }),
        new("WEB", "web/dist", "Directory of the built web application.",
            (settings, text) => settings with { WebDirectory = Path.GetFullPath(text) }),
    ];

    /// <exception cref="SettingsException">A value cannot be read, or an option is unknown.</exception>
    public static Settings Read(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var mistakes = new List<string>();
        var given = FromEnvironment(environment, out var unknown);
        TakeArguments(arguments, given, mistakes);

        var settings = new Settings { UnknownVariables = unknown };
        foreach (var entry in Entries)
        {
            if (!given.TryGetValue(entry.Name, out var value)) continue;
            try
            {
                settings = entry.Apply(settings, value.Text);
            }
            catch (FormatException wrong)
            {
                mistakes.Add(entry.IsSecret ? $"{value.Origin} is wrong: {wrong.Message}." : $"{value.Origin} is \"{value.Text}\", but {wrong.Message}.");
            }
        }
        if (settings.Demo && !given.ContainsKey("BIND")) settings = settings with { Bind = IPAddress.Loopback };
        if (settings is { Smtp: not null, MailFrom: null }) settings = settings with { MailFrom = $"rialto@{settings.PublicUrl?.Host ?? settings.Smtp.Host}" };
        return mistakes.Count == 0 ? settings : throw new SettingsException(mistakes);
    }

    /// <summary>The environment of this process, in the shape <see cref="Read"/> takes.</summary>
    public static Dictionary<string, string> ProcessEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal);

    public static string Help()
    {
        var text = new StringBuilder("Settings, each as a variable of the environment or as an option (RIALTO_PORT=9000 is --port 9000):\n\n");
        foreach (var entry in Entries)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {Prefix + entry.Name,-22} {entry.Help}\n");
            text.Append(CultureInfo.InvariantCulture, $"  {"",-22} Default: {entry.Default}.\n");
        }
        return text.Append("\n  OTEL_EXPORTER_OTLP_ENDPOINT sends traces and metrics to an OpenTelemetry collector.\n").ToString();
    }

    private readonly record struct Given(string Text, string Origin);

    private static Dictionary<string, Given> FromEnvironment(IReadOnlyDictionary<string, string> environment, out IReadOnlyList<string> unknown)
    {
        var given = new Dictionary<string, Given>(StringComparer.Ordinal);
        var strangers = new List<string>();
        unknown = strangers;
        foreach (var (variable, text) in environment)
        {
            if (!variable.StartsWith(Prefix, StringComparison.Ordinal)) continue;
            var name = variable[Prefix.Length..];
            if (!Entries.Any(entry => entry.Name == name)) strangers.Add(variable);
            else if (text.Length > 0) given[name] = new Given(text, variable);
        }
        return given;
    }

    private static void TakeArguments(IReadOnlyList<string> arguments, Dictionary<string, Given> given, List<string> mistakes)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var (option, inline) = arguments[i].Split('=', 2) is [var left, var right] ? (left, right) : (arguments[i], null);
            var name = option.StartsWith("--", StringComparison.Ordinal) ? option[2..].Replace('-', '_').ToUpperInvariant() : "";
            if (!Entries.Any(entry => entry.Name == name)) mistakes.Add($"\"{arguments[i]}\" is not an option of Rialto; see --help.");
            else if (inline is not null) given[name] = new Given(inline, option);
            else if (i + 1 < arguments.Count) given[name] = new Given(arguments[++i], option);
            else mistakes.Add($"{option} needs a value; see --help.");
        }
    }

    private static int Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new FormatException($"it must be a whole number from {least} to {most}");

    private static long Bytes(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 << 20
            ? number
            : throw new FormatException("it must be a whole number of bytes, at least 1048576");

    private static bool Switch(string text) => text.ToLowerInvariant() switch
    {
        "on" or "true" or "1" or "yes" => true,
        "off" or "false" or "0" or "no" => false,
        _ => throw new FormatException("it must be on or off"),
    };

    private static IPAddress Address(string text) =>
        text == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(text, out var address) ? address
        : throw new FormatException("it must be an IP address such as 127.0.0.1 or 0.0.0.0");

    private static string Connection(string text)
    {
        try
        {
            if (new NpgsqlConnectionStringBuilder(text).Host is { Length: > 0 }) return text;
        }
        catch (ArgumentException)
        {
            // Not of this form, or a word in it that nobody knows; the exception's text may repeat the password.
        }
        throw new FormatException("it must be a connection string such as Host=db.example;Username=rialto;Password=...;Database=rialto");
    }

    private static Uri HttpAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https")
            ? address
            : throw new FormatException("it must be an address such as http://user:password@host:8123/");

    private static Uri MailServer(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var server) && server.Scheme is "smtp" or "smtp+tls" && server.Port > 0 && server.Host.Length > 0
            ? server
            : throw new FormatException("it must be a mail server such as smtp+tls://user:password@mail.example:587");

    private static string MailAddress(string text) =>
        System.Net.Mail.MailAddress.TryCreate(text, out _) ? text : throw new FormatException("it must be a mail address such as rialto@shop.example");

    private static string Networks(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries).All(one => IPNetwork.TryParse(one, out _)) ? text : throw new FormatException("it must be networks such as 127.0.0.1/32,10.0.0.0/8");

    private static FrozenSet<string>? Names(string text) =>
        text == "all" ? null : text == "none" ? [] : text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);

    private static string Key(string text) =>
        text.Length is >= 8 and <= 200 && text.All(c => c is > ' ' and < (char)127)
            ? text
            : throw new FormatException("it must be 8 to 200 visible ASCII characters without a blank");
}
