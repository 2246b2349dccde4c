using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rialto.Platform.Secrets;

namespace Rialto.Platform.Tests.Secrets;

public class EnvelopeTests
{
    private static (string, byte[]) Key(string id) => (id, RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void What_was_sealed_opens_and_does_not_show()
    {
        var envelope = new Envelope(KeyRing.Of(Key("k1")));
        var closed = envelope.Seal("the secret of the sea"u8, "a/1");
        Encoding.Latin1.GetString(closed).ShouldNotContain("secret");
        envelope.Open(closed, "a/1").ShouldBe("the secret of the sea"u8.ToArray());
        envelope.Seal("the secret of the sea"u8, "a/1").ShouldNotBe(closed);
    }

    [Fact]
    public void Every_single_bit_counts()
    {
        var envelope = new Envelope(KeyRing.Of(Key("k1")));
        var closed = envelope.Seal("content"u8, "a/1");
        for (var i = 0; i < closed.Length; i++)
        {
            var touched = (byte[])closed.Clone();
            touched[i] ^= 1;
            Should.Throw<CryptographicException>(() => envelope.Open(touched, "a/1"), $"byte {i}");
            Should.Throw<CryptographicException>(() => envelope.Open(closed.AsSpan(0, i), "a/1"), $"{i} bytes");
        }
    }

    [Fact]
    public void A_sealed_value_moved_to_another_place_does_not_open()
    {
        var envelope = new Envelope(KeyRing.Of(Key("k1")));
        var closed = envelope.Seal("content"u8, "payments/key/1");
        Should.Throw<CryptographicException>(() => envelope.Open(closed, "payments/key/2"));
    }

    [Fact]
    public void Keys_rotate_without_touching_the_content()
    {
        var (old, next) = (Key("k1"), Key("k2"));
        var before = new Envelope(KeyRing.Of(old)).Seal("content"u8, "a/1");
        var both = new Envelope(KeyRing.Of(next, old));
        both.Open(before, "a/1").ShouldBe("content"u8.ToArray());

        var after = both.Rewrap(before, "a/1").ShouldNotBeNull();
        Envelope.KeyId(after).ShouldBe("k2");
        after[^(7 + 28)..].ShouldBe(before[^(7 + 28)..]);
        new Envelope(KeyRing.Of(next)).Open(after, "a/1").ShouldBe("content"u8.ToArray());
        both.Rewrap(after, "a/1").ShouldBeNull();
        Should.Throw<CryptographicException>(() => new Envelope(KeyRing.Of(next)).Open(before, "a/1")).Message.ShouldContain("\"k1\"");
    }

    [Fact]
    public void The_key_ring_makes_its_file_for_the_owner_only()
    {
        var folder = Directory.CreateTempSubdirectory("rialto-keys-");
        try
        {
            var file = Path.Combine(folder.FullName, "a", "keys.json");
            var made = KeyRing.Open(file).Current;
            KeyRing.Open(file).Current.Key.ShouldBe(made.Key);
            if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"keys\":[]}")]
    [InlineData("{\"keys\":[{\"id\":\"k1\",\"key\":\"c2hvcnQ=\"}]}")]
    [InlineData("{\"keys\":[{\"id\":\"k1\",\"key\":\"#\"}]}")]
    [InlineData("{\"keys\":[{\"id\":\"k 1\",\"key\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}]}")]
    [InlineData("nonsense")]
    public void A_broken_key_ring_is_said_so_without_its_content(string content)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, content);
            Should.Throw<InvalidDataException>(() => KeyRing.Open(file)).Message.ShouldNotContain("AAAA");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void A_secret_does_not_print()
    {
        var secret = new SecretText("hunter2");
        $"{secret}".ShouldBe("***");
        JsonSerializer.Serialize(new { secret }).ShouldNotContain("hunter2");
        secret.Reveal().ShouldBe("hunter2");
    }

    [Theory]
    [InlineData("secret:payments/stripe.key", "payments/stripe.key")]
    [InlineData("secret:", null)]
    [InlineData("secret:Has Blank", null)]
    [InlineData("payments", null)]
    [InlineData(null, null)]
    public void A_reference_names_a_secret(string? text, string? name) => SecretReference.Parse(text)?.Name.ShouldBe(name);
}
