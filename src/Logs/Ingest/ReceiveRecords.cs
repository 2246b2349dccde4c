using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Logs.Protocols.Json;
using Rialto.Logs.Protocols.Text;
using Rialto.Platform.Hosting;
using Rialto.Platform.Identity;

namespace Rialto.Logs.Ingest;

/// <summary>
/// <c>POST /api/logs/records</c>: a JSON array, NDJSON or a single object, or with <c>text/plain</c> one record a line.
/// 200 means that every accepted record is durable; each of the others is listed with its index and reason.
/// </summary>
internal static class ReceiveRecords
{
    public static void MapReceiveRecords(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/logs/records", (Delegate)HandleAsync)
            .RequirePermission(Permission.LogsWrite)
            .WithTags("Logs")
            .WithSummary("Takes records of the key's application: JSON array, NDJSON, one object, or plain lines.")
            .DescribeBody(
                ("application/json", new JsonArray(new JsonObject { ["level"] = "error", ["service"] = "checkout", ["message"] = "payment failed", ["order"] = "A-1001" })),
                ("application/x-ndjson", "{\"level\":\"error\",\"service\":\"checkout\",\"message\":\"payment failed\"}\n"),
                ("text/plain", "payment failed\n"))
            .AnswersForRecords("Every accepted record is on disk: {\"accepted\": 1, \"rejected\": []}. Each rejected one is named by its index, a code and a sentence.");

    private static async Task HandleAsync(HttpContext context)
    {
        var path = context.RequestServices.GetRequiredService<IngestPath>();
        if (await path.BeginAsync(context, IngestLimits.StreamedBodyBytesMax, IngestAnswers.RefuseAsync) is not { } request)
            return;
        using (request)
        {
            ISliceDecoder decoder = IsPlainText(context.Request.ContentType) ? new TextLines() : new JsonRecords();
            if (!await StreamedBody.DecodeAsync(request.Body, request.Length, decoder, request.Intake, request.Delivery, path.Memory, context.RequestAborted))
                await IngestAnswers.RefuseAsync(context, IngestAnswers.TooBusy, 2);
            else if (await request.CompleteAsync(context))
                await IngestAnswers.ReportAsync(context, request.Intake);
        }
    }

    private static bool IsPlainText(string? contentType) => contentType?.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) == true;
}
