using System.Text;
using Rialto.Platform.Identity.SecondFactor;

namespace Rialto.Platform.Tests.Identity;

public class TotpTests
{
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long unixSeconds, string code) =>
        Totp.CodeAt(Secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(unixSeconds))).ShouldBe(code);

    [Fact]
    public void A_code_is_good_one_step_early_or_late_and_no_further()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var step = Totp.StepAt(now);
        foreach (var near in new[] { step - 1, step, step + 1 })
            Totp.Verify(Secret, Totp.CodeAt(Secret, near), now, lastStep: 0).ShouldBe(near);
        foreach (var far in new[] { step - 2, step + 2 })
            Totp.Verify(Secret, Totp.CodeAt(Secret, far), now, lastStep: 0).ShouldBeNull();
    }

    [Fact]
    public void A_code_is_good_once()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var used = Totp.Verify(Secret, "005924", now, lastStep: 0);
        Totp.Verify(Secret, "005924", now, used!.Value).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("00592")]
    [InlineData("0059240")]
    [InlineData("００５９２４")]
    public void Another_shape_is_no_code(string typed) =>
        Totp.Verify(Secret, typed, DateTimeOffset.FromUnixTimeSeconds(1_234_567_890), 0).ShouldBeNull();

    [Fact]
    public void A_blank_in_the_middle_is_how_apps_show_it() =>
        Totp.Verify(Secret, "005 924", DateTimeOffset.FromUnixTimeSeconds(1_234_567_890), 0).ShouldNotBeNull();

    [Theory]
    [InlineData("f", "MY")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base_32_is_that_of_the_standard(string text, string encoded) => Totp.Base32(Encoding.ASCII.GetBytes(text)).ShouldBe(encoded);

    [Fact]
    public void The_link_escapes_what_people_are_called() =>
        Totp.Link(Secret, "Rialto", "ann+b@shop.example").ShouldStartWith("otpauth://totp/Rialto:ann%2Bb%40shop.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Rialto&");

    [Fact]
    public void Recovery_codes_are_ten_different_ones_and_forgive_how_they_are_typed()
    {
        var codes = RecoveryCodes.New();
        codes.Distinct().Count().ShouldBe(RecoveryCodes.Count);
        RecoveryCodes.HashOf(" " + codes[0].ToLowerInvariant().Replace('-', ' ')).ShouldBe(RecoveryCodes.HashOf(codes[0]));
        RecoveryCodes.HashOf(codes[0]).ShouldNotBe(RecoveryCodes.HashOf(codes[1]));
        RecoveryCodes.HashOf("ABCDE-FGH").ShouldBeNull();
    }
}
