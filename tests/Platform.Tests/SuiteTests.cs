namespace Rialto.Platform.Tests;

public class SuiteTests
{
    [Fact]
    public void Suite_runs() => typeof(SuiteTests).Assembly.ShouldNotBeNull();
}
