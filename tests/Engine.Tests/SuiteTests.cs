namespace Rialto.Engine.Tests;

public class SuiteTests
{
    [Fact]
    public void Suite_runs() => typeof(SuiteTests).Assembly.ShouldNotBeNull();
}
