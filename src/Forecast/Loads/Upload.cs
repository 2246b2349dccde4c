using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Npgsql;
using Rialto.Platform.Problems;

namespace Rialto.Forecast.Loads;

/// <summary>A form with a file, read as it comes in: the file goes to PostgreSQL, the other fields are short texts.</summary>
internal sealed class Upload
{
    /// <summary>A country's hourly values of many years; beyond it, send several files.</summary>
    public const long FileBytesMax = 1L << 30;

    /// <summary>A mapping is a page of text.</summary>
    private const int FieldBytesMax = 64 << 10;

    private const int ReadBytes = 128 << 10;

    public Dictionary<string, string> Fields { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string? FileName { get; private set; }

    /// <summary>Of the file as it was sent.</summary>
    public long Bytes { get; private set; }

    public byte[] Hash { get; private set; } = [];

    public static bool IsForm(HttpRequest request) => request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Reads the whole form. On a problem nothing is left of the file.</summary>
    public static async Task<(Upload? Upload, Problem? Wrong)> ReadAsync(HttpContext context, NpgsqlDataSource postgres, PieceTable table, Guid owner, CancellationToken stop)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = FileBytesMax;
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 200 } boundary)
            return (null, Problem.Of(400, "form-malformed", "The form has no boundary."));
        var upload = new Upload();
        bool kept = false;
        try
        {
            var reader = new MultipartReader(boundary, context.Request.Body) { HeadersCountLimit = 16 };
            while (await reader.ReadNextSectionAsync(stop) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part))
                    continue;
                if (await upload.TakeAsync(section.Body, part, postgres, table, owner, stop) is { } wrong)
                    return (null, wrong);
            }
            kept = true;
            return (upload, null);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException && !stop.IsCancellationRequested)
        {
            return (null, Problem.Of(400, "form-malformed", "The form breaks off: " + broken.Message));
        }
        finally
        {
            if (!kept && upload.FileName is not null)
                await PieceSink.ForgetAsync(postgres, table, owner);
        }
    }

    /// <summary>The field as JSON; a problem names it.</summary>
    public (T? Value, Problem? Wrong) Json<T>(string field)
        where T : class
    {
        if (!Fields.TryGetValue(field, out string? text))
            return (null, null);
        try
        {
            return (JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web), null);
        }
        catch (JsonException unreadable)
        {
            return (null, Problem.Of(400, "json-unreadable", $"{field} is not the JSON this address reads: {unreadable.Message}", field));
        }
    }

    private async Task<Problem?> TakeAsync(Stream body, ContentDispositionHeaderValue part, NpgsqlDataSource postgres, PieceTable table, Guid owner, CancellationToken stop)
    {
        string name = HeaderUtilities.RemoveQuotes(part.Name).Value ?? "";
        string? file = HeaderUtilities.RemoveQuotes(part.FileNameStar.HasValue ? part.FileNameStar : part.FileName).Value;
        if (file is null)
        {
            var bytes = new byte[FieldBytesMax + 1];
            int length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop);
            if (length > FieldBytesMax)
                return Problem.Of(413, "field-too-long", $"A field of the form has at most {FieldBytesMax} bytes.", name);
            Fields[name] = Encoding.UTF8.GetString(bytes, 0, length);
            return null;
        }
        if (FileName is not null)
            return Problem.Of(400, "file-repeated", "One file a load: a run report speaks of one file.", name);
        FileName = Path.GetFileName(file);
        await KeepAsync(body, new PieceSink(postgres, table, owner), stop);
        return Bytes == 0 ? Problem.Of(400, "file-empty", "The file is empty.", name) : null;
    }

    /// <summary>Compressed on the way, unless it is already: a table of numbers shrinks to a fifth.</summary>
    private async Task KeepAsync(Stream body, PieceSink sink, CancellationToken stop)
    {
        var buffer = new byte[ReadBytes];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int read = await body.ReadAtLeastAsync(buffer, 2, throwOnEndOfStream: false, stop);
        bool packed = read >= 2 && buffer[0] == 0x1f && buffer[1] == 0x8b;
        Stream into = packed ? sink : new GZipStream(sink, CompressionLevel.Fastest, leaveOpen: true);
        for (; read > 0; read = await body.ReadAsync(buffer, stop))
        {
            hash.AppendData(buffer, 0, read);
            Bytes += read;
            await into.WriteAsync(buffer.AsMemory(0, read), stop);
        }
        if (!packed)
            await into.DisposeAsync();
        await sink.EndAsync(stop);
        Hash = hash.GetHashAndReset();
    }
}
