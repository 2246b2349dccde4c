namespace Rialto.Platform.Engines;

/// <summary>
/// Puts util-linux in front of a command: <c>setsid</c>, so that Ctrl+C in a terminal reaches only the host, which then stops its children in order;
/// <c>setpriv</c> for the parent-death signal and the unprivileged user. Where they are missing (macOS), children are plain processes:
/// leftovers of a killed host are then found at the next start only.
/// </summary>
internal static class Launcher
{
    private static readonly string? SetSession = Find("setsid");
    private static readonly string? SetPrivileges = Find("setpriv");

    public static (string File, List<string> Arguments) Wrap(ChildCommand command)
    {
        var line = new List<string>();
        if (SetSession is not null) line.Add(SetSession);
        if (SetPrivileges is not null) line.AddRange([SetPrivileges, "--pdeathsig=" + Name(command.WhenHostDies), .. command.User?.Options ?? []]);
        else if (command.User is not null) throw new EngineException("Running as root needs the program setpriv (package util-linux), because PostgreSQL refuses to run as root.");
        line.Add(command.File);
        line.AddRange(command.Arguments);
        return (line[0], line[1..]);
    }

    private static string Name(Signal signal) => signal switch
    {
        Signal.Interrupt => "SIGINT",
        Signal.Quit => "SIGQUIT",
        Signal.Terminate => "SIGTERM",
        _ => "SIGKILL",
    };

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':').Append("/usr/bin").Append("/bin")
            .Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
}

/// <summary>An engine cannot be started at all; the message tells the operator why.</summary>
public sealed class EngineException(string message) : Exception(message);
