using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rialto.Platform.Gateway.Requests;

/// <summary>Rows of <c>JSONEachRow</c>: columns have the names of properties; a server may be set to write 64-bit numbers as text.</summary>
internal static class RowJson
{
    public static readonly JsonSerializerOptions Options = new() { NumberHandling = JsonNumberHandling.AllowReadingFromString };
}
