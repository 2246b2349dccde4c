using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rialto.Platform.Engines;

/// <summary>The directory of all data, held by this process alone. The lock is the kernel's: it ends with the process, however that ends.</summary>
internal sealed class DataDirectory : IDisposable
{
    // sun_path of a unix socket takes 108 bytes with its final zero, on macOS 104.
    private const int SocketPathMax = 103;

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held) => (FullPath, _lock) = (path, held);

    public string FullPath { get; }

    public string Of(string engine) => Path.Combine(FullPath, engine);

    /// <exception cref="EngineException">Another process uses it, or it cannot be written.</exception>
    public static DataDirectory Open(string path)
    {
        var lockFile = Path.Combine(path, "lock");
        var holderFile = Path.Combine(path, "host.pid");
        try
        {
            Directory.CreateDirectory(path);
            var held = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holderFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new DataDirectory(path, held);
        }
        catch (UnauthorizedAccessException)
        {
            throw new EngineException($"The data directory {path} cannot be written by this user. Set RIALTO_DATA to another, or run as the user who owns it.");
        }
        catch (IOException) when (File.Exists(lockFile))
        {
            var holder = File.Exists(holderFile) ? " (process " + File.ReadAllText(holderFile).Trim() + ")" : "";
            throw new EngineException($"The data directory {path} is in use by another Rialto{holder}. Stop it, or set RIALTO_DATA to another directory.");
        }
    }

    /// <summary>
    /// A directory for an engine's unix socket, open to its user only. Beside the data where the path is short enough; else in the runtime or temporary
    /// directory, under a name that depends on the data directory and the user.
    /// </summary>
    public static string SocketDirectory(string dataDirectory, string engine, string socketFile)
    {
        var beside = Path.Combine(dataDirectory, engine + ".run");
        if (Encoding.UTF8.GetByteCount(Path.Combine(beside, socketFile)) <= SocketPathMax) return beside;
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        var parent = runtime is { Length: > 0 and < 60 } && Directory.Exists(runtime) ? runtime : "/tmp";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Unix.UserId}:{dataDirectory}"));
        return Path.Combine(parent, $"rialto-{engine}-{Convert.ToHexStringLower(hash[..8])}");
    }

    /// <summary>Creates <paramref name="path"/> for us and the engine's user alone.</summary>
    public static void MakePrivate(string path, EngineUser? user)
    {
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        if (OperatingSystem.IsLinux())
        {
            var owner = Unix.OwnerOf(path);
            // In a shared temporary directory somebody else may have been there first, to get at what we put in.
            if (owner != Unix.UserId && owner != user?.Id) throw new EngineException($"{path} belongs to another user ({owner}); remove it.");
        }
        if (user is not null) Unix.ChangeOwner(path, user.Id, user.Group);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => _lock.Dispose();
}
