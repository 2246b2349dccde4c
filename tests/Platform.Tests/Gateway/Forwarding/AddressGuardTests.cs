using System.Net;
using Rialto.Platform.Gateway.Forwarding;

namespace Rialto.Platform.Tests.Gateway.Forwarding;

public class AddressGuardTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.9.1")]
    [InlineData("0.0.0.0")]
    [InlineData("169.254.169.254")]
    [InlineData("100.100.100.200")]
    [InlineData("168.63.129.16")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    public void This_machine_and_the_clouds_metadata_are_out_of_reach(string address)
    {
        AddressGuard.Allowing(null).Permits(IPAddress.Parse(address)).ShouldBeFalse();
        AddressGuard.Allowing("10.0.0.0/8").Permits(IPAddress.Parse(address)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("192.168.0.1")]
    [InlineData("93.184.216.34")]
    [InlineData("2606:2800:220:1::1")]
    [InlineData("fd12:3456::1")]
    public void Services_are_reachable(string address) => AddressGuard.Allowing(null).Permits(IPAddress.Parse(address)).ShouldBeTrue();

    [Fact]
    public void The_operator_opens_a_network_and_only_that()
    {
        var guard = AddressGuard.Allowing("127.0.0.1/32, ::1/128");
        guard.Permits(IPAddress.Loopback).ShouldBeTrue();
        guard.Permits(IPAddress.IPv6Loopback).ShouldBeTrue();
        guard.Permits(IPAddress.Parse("127.0.0.2")).ShouldBeFalse();
        guard.Permits(IPAddress.Parse("169.254.169.254")).ShouldBeFalse();
    }
}
