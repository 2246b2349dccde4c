using Rialto.Platform.Tests.Queues;
using Xunit.Runner.InProc.SystemConsole;

// The suite's own program plays the process that is killed: only a real process dies like one.
if (args is [ChildRole.Flag, .. var role])
{
    await ChildRole.PlayAsync(role);
    return 0;
}

return await ConsoleRunner.Run(args);
