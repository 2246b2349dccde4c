using System.Text;
using System.Text.Json;

namespace Rialto.Simulators.Machinery;

/// <summary>One answer of a vendor.</summary>
internal sealed record Reply(int Status, byte[] Body, string ContentType)
{
    public string? Location { get; init; }
    public int? RetryAfterSeconds { get; init; }
    public bool IsSuccess => Status is >= 200 and < 300;

    public static Reply Json(int status, object? body, JsonSerializerOptions options) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(body, options), "application/json; charset=utf-8");

    public static Reply Html(int status, string page) => new(status, Encoding.UTF8.GetBytes(page), "text/html; charset=utf-8");

    public static Reply RedirectTo(string location) => new(303, [], "text/plain") { Location = location };
}
