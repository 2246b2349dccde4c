using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Rialto.Platform.Problems;

/// <summary>Says in words for the caller what the framework could not read of his request. Its own sentences speak of our types and parameters.</summary>
internal static partial class UnreadableRequest
{
    public static Problem Explain(BadHttpRequestException bad) => bad.InnerException is JsonException json ? OfJson(json) : OfParameter(bad.Message);

    private static Problem OfJson(JsonException json)
    {
        // "$" is the body itself.
        var field = json.Path is null or "$" ? null : json.Path.Replace("$.", "");
        if (Unknown().Match(json.Message) is { Success: true } unknown)
            return Of("field-unknown", $"There is no field \"{unknown.Groups[1].Value}\" here. Nothing was done, because a misspelt field would otherwise be left out silently.", field);
        if (Missing().Match(json.Message) is { Success: true } missing)
            return Of("field-missing", $"The body lacks {missing.Groups[1].Value.Replace('\'', '"')}.", missing.Groups[2].Value);
        // What is no JSON at all comes with the reader's own exception inside.
        if (json.InnerException is JsonException)
            return Of("json-unreadable", string.Create(CultureInfo.InvariantCulture, $"The body is not JSON: it stops making sense in line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}."), field);
        return Of("json-unreadable", field is null ? "The body is JSON, but not of the shape that this address reads." : $"The value of \"{field}\" is not of the kind that this address reads there.", field);
    }

    private static Problem OfParameter(string message)
    {
        if (Unbound().Match(message) is { Success: true } unbound) return Of("bad-request", $"The value of {unbound.Groups[1].Value} cannot be read.", unbound.Groups[1].Value);
        if (message.Contains("no body was provided", StringComparison.Ordinal) || message.Contains("was not provided from body", StringComparison.Ordinal))
            return Of("body-missing", "This address reads a JSON body, and the request has none.", null);
        if (NotGiven().Match(message) is { Success: true } notGiven) return Of("bad-request", $"{notGiven.Groups[1].Value} is missing.", notGiven.Groups[1].Value);
        return Of("bad-request", message, null);
    }

    private static Problem Of(string code, string message, string? field) => Problem.Of(StatusCodes.Status400BadRequest, code, message, field);

    [GeneratedRegex("^The JSON property '(.*)' could not be mapped to any \\.NET member")]
    private static partial Regex Unknown();

    [GeneratedRegex("^JSON deserialization for type .* was missing required properties including: ('([^']*)'.*?)\\.")]
    private static partial Regex Missing();

    [GeneratedRegex("^Failed to bind parameter \"\\S+ (\\w+)\" from ")]
    private static partial Regex Unbound();

    [GeneratedRegex("^Required parameter \"\\S+ (\\w+)\" was not provided")]
    private static partial Regex NotGiven();
}
