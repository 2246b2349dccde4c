using System.Collections.Frozen;
using System.Net;

namespace Rialto.Platform;

/// <summary>
/// Everything that can be set from outside, read once at start from the environment and validated as a whole.
/// Each property is one variable; <see cref="SettingsReader"/> holds names, defaults and explanations.
/// </summary>
public sealed record Settings
{
    /// <summary>TCP port of HTTP; 0 picks a free one, which the ready line prints.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>The address to listen on. Loopback in demo mode, because demo passwords are weak by purpose; any address otherwise.</summary>
    public IPAddress Bind { get; init; } = IPAddress.Any;

    /// <summary>Absolute path of the directory that holds both engines' data and the spool. One host at a time may use it.</summary>
    public string DataDirectory { get; init; } = Path.GetFullPath(".rialto");

    /// <summary>File of the keys that wrap the keys of secrets; null is <c>keys.json</c> in the data directory. Every node of a cluster has the same.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Address under which people reach this installation, for links in mails and for single sign-on; null takes it from the request.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>Mail server, <c>smtp+tls://user:password@host:587</c>, or <c>smtp://</c> without encryption; null = no mails, links are shown instead.</summary>
    public Uri? Smtp { get; init; }

    /// <summary>Sender of our mails.</summary>
    public string? MailFrom { get; init; }

    /// <summary>Networks of this machine or its link that routes and single sign-on may reach all the same, comma-separated: <c>127.0.0.1/32</c>.</summary>
    public string? UpstreamAllow { get; init; }

    /// <summary>Demo accounts, demo applications and demo data are put in place at start.</summary>
    public bool Demo { get; init; }

    /// <summary>Password of the demo accounts; random and printed when not given.</summary>
    public string? DemoPassword { get; init; }

    /// <summary>Key of the demo application; random and printed when not given.</summary>
    public string? DemoKey { get; init; }

    /// <summary>Names of the modules to run; null runs all of them.</summary>
    public FrozenSet<string>? Modules { get; init; }

    /// <summary>Connection string of a PostgreSQL server; null starts a private one as a child process.</summary>
    public string? Postgres { get; init; }

    /// <summary>HTTP address of a ClickHouse server, credentials in its user part; null starts the engine as a child process.</summary>
    public Uri? ClickHouse { get; init; }

    /// <summary>As <see cref="SyslogPort"/>: a free one. Not 0, which has been "off" there from the beginning.</summary>
    public const int AnyPort = -1;

    /// <summary>Port of syslog, TCP and UDP; 0 turns it off.</summary>
    public int SyslogPort { get; init; } = 5514;

    /// <summary>0..1023, different for every node of a cluster: it is the high part of record sequences.</summary>
    public int NodeId { get; init; }

    /// <summary>What may wait in the spool for ClickHouse, in bytes. Senders are refused beyond it, so that the disk is not filled.</summary>
    public long SpoolBytes { get; init; } = 10L << 30;

    /// <summary>How long a client may take over the headers of a request; then its connection is closed.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether demo mode sends records to itself.</summary>
    public bool DemoSender { get; init; } = true;

    /// <summary>Directory of the built web application; null searches <c>web/dist</c> upwards from the binary and the working directory.</summary>
    public string? WebDirectory { get; init; }

    /// <summary>Variables that look like ours but are not: a misspelt one must not be ignored in silence, so the start warns of them.</summary>
    public IReadOnlyList<string> UnknownVariables { get; init; } = [];
}
