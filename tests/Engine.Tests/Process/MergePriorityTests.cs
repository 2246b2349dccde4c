using Rialto.Fixtures;

namespace Rialto.Engine.Tests.Process;

public class MergePriorityTests(ClickHouseFixture clickHouse)
{
    // Of /proc/<pid>/task/<tid>/stat, counted behind the name.
    private const int NiceField = 16;

    [Fact]
    public async Task Threads_of_merges_give_way_to_all_others()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Threads have priorities of their own on Linux only.");
        var database = await clickHouse.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE merged (number UInt64) ENGINE = MergeTree ORDER BY number");
        await database.ExecuteAsync("INSERT INTO merged SELECT 1");
        await database.ExecuteAsync("INSERT INTO merged SELECT 2");
        await database.ExecuteAsync("OPTIMIZE TABLE merged FINAL");

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Threads().Where(thread => thread.Name == "MergeMutate").Select(thread => thread.Nice).ToList() is not { Count: > 0 } merges || merges.Any(nice => nice < 15))
            await Task.Delay(50, patience.Token);
        // Some others of the library have a priority of their own.
        Threads().Single(thread => thread.IsMain).Nice.ShouldBeLessThan(15);
    }

    private IEnumerable<(string Name, int Nice, bool IsMain)> Threads()
    {
        foreach (var directory in Directory.GetDirectories($"/proc/{clickHouse.Engine.ProcessId}/task"))
        {
            string stat;
            try
            {
                stat = File.ReadAllText(Path.Combine(directory, "stat"));
            }
            catch (IOException)
            {
                // The thread has ended meanwhile.
                continue;
            }

            var end = stat.LastIndexOf(')');
            yield return (stat[(stat.IndexOf('(') + 1)..end], int.Parse(stat[(end + 2)..].Split(' ')[NiceField]), Path.GetFileName(directory) == $"{clickHouse.Engine.ProcessId}");
        }
    }
}
