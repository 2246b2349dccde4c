using Rialto.Platform.Identity.Accounts;

namespace Rialto.Platform.Tests.Identity;

public class PasswordRulesTests
{
    [Theory]
    [InlineData("short1!", "password-too-short")]
    [InlineData("password123", "password-common")]
    [InlineData("Password1234!", "password-common")]
    [InlineData("P@ssw0rd2026", "password-common")]
    [InlineData("!!football!!", "password-common")]
    [InlineData("liverpool2025", "password-common")]
    [InlineData("dragondragon", "password-common")]
    [InlineData("aaaaaaaaaaaa", "password-repetitive")]
    [InlineData("abcabcabcabc", "password-repetitive")]
    [InlineData("qwertyuiop12", "password-repetitive")]
    [InlineData("1234567890ab", "password-repetitive")]
    [InlineData("lkjhgfdsa99!", "password-repetitive")]
    [InlineData("anneliese77", "password-personal")]
    [InlineData("Rialto-shop1", "password-personal")]
    public void A_password_that_is_guessed_first_is_refused(string password, string code) =>
        PasswordRules.Check(password, "anneliese.meyer@rialto.example", "Anneliese Meyer", "rialto shop").ShouldNotBeNull().Code.ShouldBe(code);

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("kV8#mz2!qLpT")]
    [InlineData("drei kühle Flaschen")]
    [InlineData("anneliese trinkt gern tee")]
    public void A_password_that_is_hard_to_guess_is_taken(string password) =>
        PasswordRules.Check(password, "anneliese.meyer@rialto.example", "Anneliese Meyer").ShouldBeNull();

    [Fact]
    public void A_password_too_long_to_hash_in_time_is_refused() =>
        PasswordRules.Check(new string('x', 201) + "abcdefg").ShouldNotBeNull().Code.ShouldBe("password-too-long");
}
