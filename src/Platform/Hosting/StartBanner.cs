using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rialto.Platform.Identity;
using Rialto.Platform.Identity.Accounts;

namespace Rialto.Platform.Hosting;

/// <summary>Says where Rialto is, when it is there. Printed, not logged: the demo password must not become a record.</summary>
internal sealed partial class StartBanner(Settings settings, OwnAddress address, IHostApplicationLifetime lifetime, ILogger<StartBanner> log)
{
    private readonly ILogger _log = log;

    public DemoCredentials? Demo { get; set; }

    /// <summary>More lines of the demo, for people.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>Of the link by which the first administrator comes in; null when there is one.</summary>
    public string? FirstToken { get; set; }

    public void PrintWhenStarted() => lifetime.ApplicationStarted.Register(Print);

    private void Print()
    {
        foreach (var name in settings.UnknownVariables) LogUnknown(name);
        Console.WriteLine();
        Console.WriteLine($"  Rialto is ready: {address.Here}");
        if (Demo is { } demo)
        {
            Console.WriteLine();
            foreach (var account in demo.Accounts) Console.WriteLine($"    sign in as  {account,-22} password {demo.Password}");
            Console.WriteLine($"    demo key    {demo.Key}   (application {DemoIdentity.Application})");
            foreach (var note in Notes) Console.WriteLine($"    {note}");
        }
        if (FirstToken is { } token)
        {
            Console.WriteLine();
            Console.WriteLine("    Nobody administers this installation yet. Whoever opens this link first does; it is good for a day:");
            Console.WriteLine($"    {Invitations.LinkOf(address.Public, token)}");
        }
        Console.WriteLine();
    }

    [LoggerMessage(LogLevel.Warning, "{Variable} looks like a setting of Rialto, but is none; see --help")]
    private partial void LogUnknown(string variable);
}
