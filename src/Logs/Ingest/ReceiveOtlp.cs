using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Logs.Protocols;
using Rialto.Logs.Protocols.Otlp;
using Rialto.Platform.Hosting;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Logs.Ingest;

/// <summary>
/// <c>POST /v1/logs</c>: OTLP over HTTP, protobuf or JSON, answered in the encoding of the request. Records that cannot be taken are a partial success,
/// as the protocol has it: the sender must not repeat them.
/// </summary>
internal static class ReceiveOtlp
{
    public static void MapReceiveOtlp(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/logs", (Delegate)HandleAsync)
            .RequirePermission(Permission.LogsWrite)
            .WithTags("Logs")
            .WithSummary("Takes records of the key's application as OTLP/HTTP, protobuf or JSON.")
            .DescribeBody(
                ("application/json", JsonNode.Parse("""
                    {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}}]},
                     "scopeLogs":[{"logRecords":[{"severityNumber":17,"body":{"stringValue":"payment failed"}}]}]}]}
                    """)!),
                ("application/x-protobuf", "ExportLogsServiceRequest"))
            .AnswersForRecords("Taken, or taken in part: partialSuccess says how many were refused and why. They must not be sent again.");

    private static async Task HandleAsync(HttpContext context)
    {
        var path = context.RequestServices.GetRequiredService<IngestPath>();
        if (await path.BeginAsync(context, IngestLimits.WholeBodyBytesMax, OtlpAnswers.RefuseAsync) is not { } request)
            return;
        using (request)
        using (var reader = new BodyReader(request.Body, IngestLimits.WholeBodyBytesMax, path.Memory))
        {
            if (!await WholeBody.ReadAsync(reader, request.Length, context.RequestAborted))
            {
                await OtlpAnswers.RefuseAsync(context, IngestAnswers.TooBusy, 2);
                return;
            }

            if (reader.Failure is { } failure)
            {
                await OtlpAnswers.RefuseAsync(context, Of(failure), 0);
                return;
            }

            var rows = new OtlpRows(request.Intake);
            if (OtlpAnswers.IsJson(context.Request))
                new OtlpJson(rows).Decode(reader.Unread);
            else
                new OtlpProto(rows).Decode(reader.Unread);
            if (rows.Broken is { } broken && request.Intake.Accepted == 0)
                await OtlpAnswers.RefuseAsync(context, Problem.Of(StatusCodes.Status400BadRequest, broken.Code, broken.Message), 0);
            else if (await request.CompleteAsync(context))
                await OtlpAnswers.ReportAsync(context, request.Intake);
        }
    }

    private static Problem Of(RecordProblem failure) => failure == RecordProblem.BodyTooLarge
        ? Problem.Of(StatusCodes.Status413PayloadTooLarge, failure.Code, $"The body is over {IngestLimits.WholeBodyBytesMax >> 20} MiB decompressed; send it in parts.")
        : Problem.Of(StatusCodes.Status400BadRequest, failure.Code, "The body ends early or cannot be decompressed; nothing of it was taken.");
}
