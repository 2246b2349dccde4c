using System.Diagnostics;

namespace Rialto.Platform.Engines;

/// <summary>
/// The unprivileged user that an engine runs as when the host is root.
/// </summary>
/// <remarks>
/// A clone under <c>/root</c> is closed to that user: it may own its data directory and still not get there. The engine then keeps one capability,
/// the smallest that helps: reading and traversing (<c>dac_read_search</c>), or where a container does not have that, <c>dac_override</c>.
/// <c>no_setuid_fixup</c> goes with it because access(2), which PostgreSQL asks about its own binary, otherwise ignores capabilities.
/// All of it is less than root.
/// </remarks>
internal sealed record EngineUser(uint Id, uint Group, string? Capability)
{
    private static readonly string?[] Capabilities = [null, "dac_read_search", "dac_override"];

    public IReadOnlyList<string> Options =>
    [
        $"--reuid={Id}", $"--regid={Group}", "--clear-groups",
        .. Capability is null ? Array.Empty<string>() : [$"--inh-caps=+{Capability}", $"--ambient-caps=+{Capability}", "--securebits=+no_setuid_fixup"],
    ];

    /// <summary>The user to run as, or null when we are not root.</summary>
    /// <param name="data">Exists; belongs to the user afterwards.</param>
    /// <param name="binary">A program that the user must be able to run; it is called with --version.</param>
    public static EngineUser? ForRoot(string data, string binary)
    {
        if (!Unix.IsRoot) return null;
        var owner = Unix.OwnerOf(data);
        // A directory that a person made when he ran Rialto stays his.
        var user = owner != 0 ? new EngineUser(owner, GroupOf(owner), null) : Account("postgres") ?? Account("nobody")
            ?? throw new EngineException("PostgreSQL refuses to run as root and there is no user \"postgres\" or \"nobody\" to run it as.");
        Unix.ChangeOwner(data, user.Id, user.Group);
        foreach (var capability in Capabilities)
        {
            var candidate = user with { Capability = capability };
            if (candidate.CanReach(data, binary)) return candidate;
        }
        throw new EngineException(
            $"User {user.Id}, whom PostgreSQL runs as because we are root, cannot reach {data} or {binary}. Put both where others may enter the parent directories (RIALTO_DATA), or run as a normal user.");
    }

    private bool CanReach(string data, string binary)
    {
        var (file, arguments) = Launcher.Wrap(new ChildCommand("/bin/sh", ["-c", "cd \"$1\" && exec \"$2\" --version", "sh", data, binary], "/", this));
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { WorkingDirectory = "/", RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static EngineUser? Account(string name) =>
        Accounts().Where(fields => fields[0] == name).Select(fields => new EngineUser(uint.Parse(fields[2]), uint.Parse(fields[3]), null)).FirstOrDefault();

    private static uint GroupOf(uint user) =>
        Accounts().Where(fields => fields[2] == user.ToString()).Select(fields => uint.Parse(fields[3])).FirstOrDefault(user);

    private static IEnumerable<string[]> Accounts() => File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length >= 4);
}
