using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace Rialto.Logs.Ingest;

/// <summary>What becomes of records, for the API description: these endpoints write their answers themselves, so no type says it.</summary>
internal static class IngestDescriptions
{
    private static readonly (int Status, string Meaning)[] Refusals =
    [
        (StatusCodes.Status400BadRequest, "Nothing of it can be read; nothing was taken."),
        (StatusCodes.Status413PayloadTooLarge, "The body, or every record of it, is too large."),
        (StatusCodes.Status429TooManyRequests, "Over the quota of the application; Retry-After says when to come back."),
        (StatusCodes.Status503ServiceUnavailable, "No room for it just now; nothing of it is lost when it is sent again, as Retry-After says."),
    ];

    /// <param name="endpoint">Takes records.</param>
    /// <param name="taken">What 200 means.</param>
    public static void AnswersForRecords(this RouteHandlerBuilder endpoint, string taken) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.Responses = new OpenApiResponses { ["200"] = new OpenApiResponse { Description = taken } };
        foreach (var (status, meaning) in Refusals) operation.Responses[$"{status}"] = new OpenApiResponse { Description = meaning };
        return Task.CompletedTask;
    });
}
