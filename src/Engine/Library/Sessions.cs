using System.Text;

namespace Rialto.Engine.Library;

/// <summary>What a request asks of its session, in a canonical order: two equal ones may share a connection.</summary>
internal sealed record SessionKey(string Database, string Settings)
{
    public static SessionKey Of(string database, IEnumerable<KeyValuePair<string, string>> settings) =>
        new(database, string.Join('\0', settings.OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => $"{setting.Key}={setting.Value}")));
}

/// <summary>A connection in use by one request, and the tag by which it can be found in <c>system.processes</c>.</summary>
internal sealed record Session(Connection Connection, SessionKey Key, string Tag);

/// <summary>
/// Opens and keeps sessions. A statement never meets the state of another: a session goes back only after a statement that cannot have changed it, and only
/// for requests with the same database and settings; all others are closed. Opening costs 0.2 ms, a kept one saves it for the searches.
/// Safe for many threads.
/// </summary>
internal sealed class Sessions : IDisposable
{
    // More than the searches of a few pages differ in; an idle session costs some 100 kB.
    private const int IdleMax = 32;

    private readonly List<string> _arguments;
    private readonly Connection _control;
    private readonly HashSet<string> _settings;
    private readonly LinkedList<Session> _idle = new();
    private readonly Lock _lock = new();
    private readonly Lock _controlLock = new();
    private long _number;
    private bool _closed;

    private Sessions(List<string> arguments, Connection control)
    {
        _arguments = arguments;
        _control = control;
        using var version = control.Query("SELECT version()");
        EngineException.Version = Encoding.UTF8.GetString(version.GetSpan()).Trim();
        using var names = control.Query("SELECT name FROM system.settings");
        _settings = [.. Encoding.UTF8.GetString(names.GetSpan()).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>Starts the engine: the first connection loads the tables and takes the lock of the data directory.</summary>
    public static Sessions Start(List<string> arguments) =>
        new(arguments, Connection.Open(arguments) ?? throw new InvalidOperationException("the library did not open its data directory; its reason is in the line above"));

    public Session Rent(SessionKey key)
    {
        lock (_lock)
        {
            for (var node = _idle.Last; node is not null; node = node.Previous)
            {
                if (node.Value.Key != key)
                    continue;
                _idle.Remove(node);
                return node.Value;
            }
        }

        return Open(key);
    }

    public void Return(Session session, bool unchanged)
    {
        var close = session;
        lock (_lock)
        {
            if (unchanged && !_closed)
            {
                _idle.AddLast(session);
                close = null;
                if (_idle.Count > IdleMax)
                {
                    close = _idle.First!.Value;
                    _idle.RemoveFirst();
                }
            }
        }

        close?.Connection.Dispose();
    }

    /// <summary>Stops what the session runs. It may not have begun yet, so the caller repeats this until its statement has ended.</summary>
    public void Kill(Session session)
    {
        lock (_controlLock)
        {
            if (!_closed)
                _control.Query($"KILL QUERY WHERE startsWith(Settings['log_comment'], {Quote(session.Tag)}) ASYNC").Dispose();
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var session in _idle)
                session.Connection.Dispose();
            _idle.Clear();
        }

        lock (_controlLock)
            _control.Dispose();
    }

    private Session Open(SessionKey key)
    {
        // The tag ends with a colon, so that no tag is the beginning of another.
        var tag = $"rialto-{Interlocked.Increment(ref _number)}:";
        List<string> arguments = [.. _arguments];
        var comment = "";
        foreach (var (name, value) in Split(key))
        {
            if (!_settings.Contains(name))
                throw EngineException.Of(Codes.UnknownSetting, "UNKNOWN_SETTING", $"Setting {name} is neither a builtin setting nor started with the prefix 'SQL_' registered for user-defined settings");
            if (name == "log_comment")
                comment = value;
            else
                arguments.Add($"--{name}={value}");
        }

        arguments.Add($"--log_comment={tag}{comment}");
        var connection = Connection.Open(arguments) ?? throw WhyRefused(key);
        try
        {
            if (key.Database.Length > 0)
                connection.Query($"USE `{key.Database.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal)}`").Dispose();
            return new Session(connection, key, tag);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // The library says only that it refuses; the same settings as statements give the reason.
    private EngineException WhyRefused(SessionKey key)
    {
        using var plain = Connection.Open(_arguments);
        try
        {
            foreach (var (name, value) in Split(key))
                plain?.Query($"SET {name} = {Quote(value)}").Dispose();
        }
        catch (EngineException reason)
        {
            return reason;
        }

        return EngineException.Of(Codes.BadArguments, "BAD_ARGUMENTS", "The settings of this request are not accepted");
    }

    private static IEnumerable<(string Name, string Value)> Split(SessionKey key) =>
        from line in key.Settings.Split('\0', StringSplitOptions.RemoveEmptyEntries)
        let at = line.IndexOf('=', StringComparison.Ordinal)
        select (line[..at], line[(at + 1)..]);

    private static string Quote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
