using System.Text;
using Dapper;
using Rialto.Fixtures;
using Rialto.Platform.Secrets;
using Rialto.Platform.Tests.Connectors;

namespace Rialto.Platform.Tests.Secrets;

public class SecretStoreTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_secret_is_sealed_at_rest_and_prints_as_stars()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        await rig.Secrets.PutAsync("vendor/key", "very-secret-text", "test", CancellationToken.None);
        var text = await rig.Secrets.FindAsync(SecretReference.Parse("secret:vendor/key")!.Value, CancellationToken.None);
        text!.Reveal().ShouldBe("very-secret-text");
        text.ToString().ShouldBe("***");
        await using var connection = await rig.Postgres.OpenConnectionAsync();
        foreach (var bytes in await connection.QueryAsync<byte[]>("SELECT sealed FROM secrets.secret")) Encoding.UTF8.GetString(bytes).ShouldNotContain("very-secret-text");
    }

    [Fact]
    public async Task A_sealed_value_moved_to_another_name_does_not_open()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        await rig.Secrets.PutAsync("vendor/a", "one", "test", CancellationToken.None);
        await rig.Secrets.PutAsync("vendor/b", "two", "test", CancellationToken.None);
        await using var connection = await rig.Postgres.OpenConnectionAsync();
        await connection.ExecuteAsync("UPDATE secrets.secret SET sealed = (SELECT sealed FROM secrets.secret WHERE name = 'vendor/a') WHERE name = 'vendor/b'");
        rig.Secrets.Forget(SecretReference.Parse("secret:vendor/b")!.Value);
        await Should.ThrowAsync<System.Security.Cryptography.CryptographicException>(async () => await rig.Secrets.FindAsync(SecretReference.Parse("secret:vendor/b")!.Value, CancellationToken.None));
    }

    [Fact]
    public async Task The_value_before_can_be_taken_back_once()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        foreach (var value in new[] { "one", "two", "three" }) await rig.Secrets.PutAsync("vendor/key", value, "test", CancellationToken.None);
        var reference = SecretReference.Parse("secret:vendor/key")!.Value;
        (await rig.Secrets.RollBackAsync("vendor/key", CancellationToken.None)).ShouldBeTrue();
        (await rig.Secrets.FindAsync(reference, CancellationToken.None))!.Reveal().ShouldBe("two");
        (await rig.Secrets.RollBackAsync("vendor/key", CancellationToken.None)).ShouldBeFalse();
        var listed = (await rig.Secrets.ListAsync(CancellationToken.None)).Single(secret => secret.Name == "vendor/key");
        listed.HasPrevious.ShouldBeFalse();
    }

    [Fact]
    public async Task A_change_made_elsewhere_is_heard()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        var reference = SecretReference.Parse("secret:seats/client-id")!.Value;
        (await rig.Secrets.FindAsync(reference, CancellationToken.None)).ShouldNotBeNull();
        await using var connection = await rig.Postgres.OpenConnectionAsync();
        await connection.ExecuteAsync("DELETE FROM secrets.secret WHERE name = 'seats/client-id'");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await rig.Secrets.FindAsync(reference, deadline.Token) is not null) await Task.Delay(20, deadline.Token);
    }
}
