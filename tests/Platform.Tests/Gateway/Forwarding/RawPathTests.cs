using Rialto.Platform.Gateway.Forwarding;

namespace Rialto.Platform.Tests.Gateway.Forwarding;

public class RawPathTests
{
    [Theory]
    [InlineData("/ext/../admin")]
    [InlineData("/ext/%2e%2e/admin")]
    [InlineData("/ext/.%2E/admin")]
    [InlineData("/ext/./a")]
    [InlineData("/ext/..;/admin")]
    [InlineData("/ext/..%3b/admin")]
    [InlineData("/ext/..")]
    [InlineData("/ext/;a/b")]
    [InlineData("/ext//admin")]
    [InlineData("//ext/a")]
    [InlineData("/ext/a%2fb")]
    [InlineData("/ext/a%2Fb")]
    [InlineData("/ext/a%5cb")]
    [InlineData("/ext/a\\b")]
    [InlineData("/ext/a%252fb")]
    [InlineData("/ext/a%252e%252e")]
    [InlineData("/ext/a%00")]
    [InlineData("/ext/a%0d%0aX: 1")]
    [InlineData("/ext/a%7f")]
    [InlineData("/ext/a%")]
    [InlineData("/ext/a%4")]
    [InlineData("/ext/a%zz")]
    [InlineData("/ext/a b")]
    [InlineData("/ext/ü")]
    [InlineData("/ext/a#b")]
    [InlineData("http://other/ext")]
    [InlineData("*")]
    [InlineData("")]
    public void What_two_servers_read_in_two_ways_is_refused(string path) => RawPath.IsAmbiguous(path).ShouldBeTrue();

    [Theory]
    [InlineData("/")]
    [InlineData("/ext")]
    [InlineData("/ext/")]
    [InlineData("/ext/a.b/...x/v1.2")]
    [InlineData("/ext/...")]
    [InlineData("/ext/.well-known/x")]
    [InlineData("/ext/a;v=1/b,c")]
    [InlineData("/ext/%C3%BC%20x")]
    [InlineData("/ext/100%25")]
    [InlineData("/ext/100%25z")]
    public void An_honest_path_passes(string path) => RawPath.IsAmbiguous(path).ShouldBeFalse();

    [Theory]
    [InlineData("/ext/a/b", 1, "/a/b")]
    [InlineData("/ext", 1, "")]
    [InlineData("/ext/", 1, "/")]
    [InlineData("/%65xt/v1/b%20c", 2, "/b%20c")]
    public void The_prefix_is_cut_by_segments_however_it_was_written(string path, int segments, string rest) => RawPath.After(path, segments).ToString().ShouldBe(rest);
}
