using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Hosting;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Club.Pictures;

/// <summary>Pictures of experiences and items, each in a few widths. A picture never changes: another one is another id.</summary>
internal static class PictureEndpoints
{
    public sealed record StoredPicture(Guid Id, string MediaType, int Width, int Height);

    /// <summary>How far the narrower one's height may be from the exact one, of which a browser keeps whole pixels.</summary>
    private const double HeightTolerance = 0.02;

    public static void MapPictures(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/pictures/{id:guid}", GetAsync).AllowAnonymousBecause("Pictures are shown to everybody, and kept by caches.").WithSummary("A picture: the narrowest there is that is as wide as asked, or as it was stored.");
        routes.MapPost("/curation/pictures", PutAsync).RequirePermission(Permission.ClubManage).WithSummary("Stores a picture, the bytes as the body; or a stored one made narrower.")
            .DescribeBody(("image/jpeg", "the bytes of the picture"), ("image/png", "the bytes of the picture"), ("image/webp", "the bytes of the picture"));
    }

    /// <param name="of">The stored picture of which this is a narrower one.</param>
    private static async Task<Results<Created<StoredPicture>, Problem>> PutAsync(HttpContext context, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop, Guid? of = null)
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
        var organization = (int)context.Caller().Organization;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        if (of is { } picture) return await NarrowerAsync(connection, picture, organization, head, bytes, stop);
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO club.picture (id, organization, media_type, width, height, sha256, bytes, at)
            VALUES (@id, @organization, @MediaType, @Width, @Height, @hash, @bytes, @now)
            """,
            new { id, organization, head.MediaType, head.Width, head.Height, hash = SHA256.HashData(bytes), bytes, now = clock.GetUtcNow() }, cancellationToken: stop));
        return Stored(id, head);
    }

    private static async Task<Results<Created<StoredPicture>, Problem>> NarrowerAsync(
        NpgsqlConnection connection, Guid picture, int organization, PictureHead head, byte[] bytes, CancellationToken stop)
    {
        var (width, height) = await connection.QuerySingleOrDefaultAsync<(int Width, int Height)>(new CommandDefinition(
            "SELECT width, height FROM club.picture WHERE id = @picture AND organization = @organization", new { picture, organization }, cancellationToken: stop));
        if (width == 0) return Errors.NoSuchPicture;
        var exact = (double)height * head.Width / width;
        if (head.Width >= width || Math.Abs(head.Height - exact) > 1 + exact * HeightTolerance) return Errors.OtherPicture;
        await connection.ExecuteAsync(new CommandDefinition(
            "INSERT INTO club.picture_width (picture, width, media_type, bytes) VALUES (@picture, @Width, @MediaType, @bytes) ON CONFLICT DO NOTHING",
            new { picture, head.Width, head.MediaType, bytes }, cancellationToken: stop));
        return Stored(picture, head);
    }

    private static Created<StoredPicture> Stored(Guid id, PictureHead head) =>
        TypedResults.Created($"/api/club/pictures/{id}", new StoredPicture(id, head.MediaType, head.Width, head.Height));

    private static async Task<Results<FileContentHttpResult, Problem>> GetAsync(Guid id, HttpContext context, NpgsqlDataSource postgres, CancellationToken stop, int width = int.MaxValue)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            """
            SELECT media_type, bytes
              FROM (SELECT width, media_type, bytes FROM club.picture_width WHERE picture = @id AND width >= @width
                    UNION ALL
                    SELECT width, media_type, bytes FROM club.picture WHERE id = @id) AS wide_enough
             ORDER BY width LIMIT 1
            """,
            new { id, width }, cancellationToken: stop));
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
