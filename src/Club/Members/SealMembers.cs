using System.Security.Cryptography;
using Dapper;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Rialto.Club.Vendors;
using Rialto.Platform.Identity;
using Rialto.Platform.Secrets;

namespace Rialto.Club.Members;

/// <summary>Before anybody is served: makes the key of the search, and seals what an older version has stored in the clear.</summary>
internal sealed class SealMembers(NpgsqlDataSource postgres, SecretStore secrets, MemberNames names, OutsideSignIn accounts) : IHostedService
{
    private const int Batch = 500;

    private sealed class Clear
    {
        public required Guid Id { get; init; }
        public string? Name { get; init; }
        public string? FirstName { get; init; }
        public string? LastName { get; init; }
        public string? Email { get; init; }

        /// <summary>Emptied when he was forgotten.</summary>
        public bool IsNobody => string.IsNullOrEmpty(Name) && string.IsNullOrEmpty(Email);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await postgres.OpenConnectionAsync(cancellationToken);
        // One node does it, the others wait: two keys would make members unfindable.
        await connection.ExecuteAsync(new CommandDefinition("SELECT pg_advisory_lock(hashtext('club:seal-members'))", cancellationToken: cancellationToken));
        try
        {
            if (await secrets.FindAsync(SecretReference.Parse("secret:" + MemberNames.SearchKey)!.Value, cancellationToken) is null)
                await secrets.PutAsync(MemberNames.SearchKey, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), "club", cancellationToken);
            await accounts.ForgetNamesAsync(MembersonVendor.Word, cancellationToken);
            while (await SealAsync(connection, cancellationToken) == Batch)
            {
            }
        }
        finally
        {
            await connection.ExecuteAsync("SELECT pg_advisory_unlock(hashtext('club:seal-members'))");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<int> SealAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var rows = (await connection.QueryAsync<Clear>(new CommandDefinition(
            "SELECT id, name, first_name, last_name, email FROM club.member WHERE coalesce(name, first_name, last_name, email) IS NOT NULL LIMIT @Batch FOR UPDATE",
            new { Batch }, transaction, cancellationToken: stop))).AsList();
        foreach (var row in rows)
        {
            var person = new PersonName(row.Name ?? "", row.FirstName ?? "", row.LastName ?? "", row.Email ?? "");
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE club.member SET sealed = @bytes, search = @terms, name = NULL, first_name = NULL, last_name = NULL, email = NULL WHERE id = @Id",
                new { row.Id, bytes = row.IsNobody ? null : names.Seal(row.Id, person), terms = row.IsNobody ? [] : await names.TermsAsync(person, stop) }, transaction, cancellationToken: stop));
        }
        await transaction.CommitAsync(stop);
        return rows.Count;
    }
}
