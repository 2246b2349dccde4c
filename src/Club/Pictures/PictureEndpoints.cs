using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Club.Pictures;

/// <summary>Pictures of experiences and items. A picture never changes: another one is another id.</summary>
internal static class PictureEndpoints
{
    public sealed record StoredPicture(Guid Id, string MediaType, int Width, int Height);

    public static void MapPictures(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/pictures/{id:guid}", GetAsync).AllowAnonymousBecause("Pictures are shown to everybody, and kept by caches.").WithSummary("A picture.");
        routes.MapPost("/curation/pictures", PutAsync).RequirePermission(Permission.ClubManage).WithSummary("Stores a picture, the bytes as the body.");
    }

    private static async Task<Results<Created<StoredPicture>, Problem>> PutAsync(HttpContext context, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await context.Request.Body.ReadAsync(buffer, stop)) > 0;)
        {
            if (memory.Length + read > PictureHead.BytesMax) return Problem.Of(413, "picture-too-large", $"A picture has at most {PictureHead.BytesMax >> 20} MB; resize it before.");
            memory.Write(buffer, 0, read);
        }
        var bytes = memory.ToArray();
        if (PictureHead.Read(bytes) is not { } head) return Problem.Of(415, "not-a-picture", "This is no JPEG, PNG or WebP picture of 16 to 6000 pixels.");
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO club.picture (id, organization, media_type, width, height, sha256, bytes, at)
            VALUES (@id, @organization, @MediaType, @Width, @Height, @hash, @bytes, @now)
            """,
            new { id, organization = (int)context.Caller().Organization, head.MediaType, head.Width, head.Height, hash = SHA256.HashData(bytes), bytes, now = clock.GetUtcNow() },
            cancellationToken: stop));
        return TypedResults.Created($"/api/club/pictures/{id}", new StoredPicture(id, head.MediaType, head.Width, head.Height));
    }

    private static async Task<Results<FileContentHttpResult, Problem>> GetAsync(Guid id, HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition("SELECT media_type, bytes FROM club.picture WHERE id = @id", new { id }, cancellationToken: stop));
        if (row is null) return Errors.NoSuchPicture;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(row.Bytes, row.MediaType);
    }

    private sealed class Row
    {
        public required string MediaType { get; init; }
        public required byte[] Bytes { get; init; }
    }
}
