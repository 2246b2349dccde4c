namespace Rialto.Platform.Tests.Hosting;

public class SettingsTests
{
    private static Settings Read(string variable, string value, params string[] arguments) => SettingsReader.Read(arguments, new Dictionary<string, string> { [variable] = value });

    [Theory]
    [InlineData("RIALTO_PORT", "http", "RIALTO_PORT is \"http\", but it must be a whole number from 0 to 65535.")]
    [InlineData("RIALTO_PORT", "-1", "RIALTO_PORT is \"-1\", but it must be a whole number from 0 to 65535.")]
    [InlineData("RIALTO_BIND", "here", "RIALTO_BIND is \"here\", but it must be an IP address such as 127.0.0.1 or 0.0.0.0.")]
    [InlineData("RIALTO_NODE_ID", "1024", "RIALTO_NODE_ID is \"1024\", but it must be a whole number from 0 to 1023.")]
    [InlineData("RIALTO_DEMO", "maybe", "RIALTO_DEMO is \"maybe\", but it must be on or off.")]
    [InlineData("RIALTO_HEADER_SECONDS", "0", "RIALTO_HEADER_SECONDS is \"0\", but it must be a whole number from 1 to 600.")]
    [InlineData("RIALTO_SPOOL_BYTES", "10GB", "RIALTO_SPOOL_BYTES is \"10GB\", but it must be a whole number of bytes, at least 1048576.")]
    [InlineData("RIALTO_PUBLIC_URL", "shop.example", "RIALTO_PUBLIC_URL is \"shop.example\", but it must be an address such as http")]
    [InlineData("RIALTO_UPSTREAM_ALLOW", "home", "RIALTO_UPSTREAM_ALLOW is \"home\", but it must be networks such as 127.0.0.1/32,10.0.0.0/8.")]
    [InlineData("RIALTO_MAIL_FROM", "nobody", "RIALTO_MAIL_FROM is \"nobody\", but it must be a mail address such as rialto@shop.example.")]
    public void A_wrong_value_is_told_with_what_it_must_be(string variable, string value, string mistake) =>
        Should.Throw<SettingsException>(() => Read(variable, value)).Mistakes.ShouldHaveSingleItem().ShouldStartWith(mistake);

    [Theory]
    [InlineData("RIALTO_POSTGRES", "Password=hunter2;Sunshine=1")]
    [InlineData("RIALTO_POSTGRES", "Username=rialto;Password=hunter2")]
    [InlineData("RIALTO_POSTGRES", "hunter2")]
    [InlineData("RIALTO_CLICKHOUSE", "tcp://rialto:hunter2@db.example:9000")]
    [InlineData("RIALTO_SMTP", "mail://rialto:hunter2@mail.example")]
    [InlineData("RIALTO_DEMO_KEY", "hunter2")]
    public void A_wrong_value_that_may_hold_a_password_is_not_repeated(string variable, string value)
    {
        var mistake = Should.Throw<SettingsException>(() => Read(variable, value)).Mistakes.ShouldHaveSingleItem();
        mistake.ShouldStartWith(variable + " is wrong: it must be ");
        mistake.ShouldNotContain("hunter2");
    }

    [Fact]
    public void Every_mistake_is_told_at_once_and_an_unknown_option_is_one()
    {
        var mistakes = Should.Throw<SettingsException>(() => SettingsReader.Read(["--prot", "1", "--node-id=x", "--data"], new Dictionary<string, string> { ["RIALTO_PORT"] = "x" })).Mistakes;
        mistakes.Count.ShouldBe(5);
        mistakes.ShouldContain(mistake => mistake.StartsWith("\"--prot\" is not an option", StringComparison.Ordinal));
        mistakes.ShouldContain("--data needs a value; see --help.");
        mistakes.ShouldContain(mistake => mistake.StartsWith("--node-id is \"x\"", StringComparison.Ordinal));
    }

    [Fact]
    public void An_option_wins_over_its_variable_and_a_variable_that_nobody_knows_is_remembered()
    {
        var settings = SettingsReader.Read(["--port", "2"], new Dictionary<string, string> { ["RIALTO_PORT"] = "1", ["RIALTO_PROT"] = "3", ["PATH"] = "/" });
        settings.Port.ShouldBe(2);
        settings.UnknownVariables.ShouldBe(["RIALTO_PROT"]);
    }

    [Fact]
    public void Good_values_are_taken()
    {
        Read("RIALTO_POSTGRES", "Host=db.example;Username=rialto;Password=hunter2;Database=rialto").Postgres.ShouldNotBeNull();
        Read("RIALTO_MODULES", "logs, store").Modules.ShouldBe(["logs", "store"], ignoreOrder: true);
        Read("RIALTO_MODULES", "none").Modules.ShouldBeEmpty();
        Read("RIALTO_DEMO", "on").Bind.ShouldBe(global::System.Net.IPAddress.Loopback, "a demo is for this machine");
        Read("RIALTO_HEADER_SECONDS", "2").HeadersTimeout.ShouldBe(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Every_setting_is_in_the_help()
    {
        foreach (var name in new[] { "PORT", "DATA", "DEMO_PASSWORD", "DEMO_KEY", "MODULES", "POSTGRES", "CLICKHOUSE", "HEADER_SECONDS", "KEY_FILE" }) SettingsReader.Help().ShouldContain("  RIALTO_" + name + " ");
    }
}
