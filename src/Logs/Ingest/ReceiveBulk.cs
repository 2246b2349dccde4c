using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Logs.Protocols.Elastic;
using Rialto.Platform.Hosting;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Logs.Ingest;

/// <summary>
/// <c>POST /_bulk</c> and <c>/{index}/_bulk</c>, as Filebeat, Fluent Bit, Vector, Logstash and Serilog's sink send it. The name of the index means nothing here:
/// the key says whose records they are. Every item has its own status, so a shipper drops or repeats only what was refused.
/// </summary>
internal static class ReceiveBulk
{
    public static void MapReceiveBulk(this IEndpointRouteBuilder routes)
    {
        foreach (var address in new[] { "/_bulk", "/{index}/_bulk", "/{index}/{type}/_bulk" })
        {
            routes.MapMethods(address, [HttpMethods.Post, HttpMethods.Put], (Delegate)HandleAsync)
                .RequirePermission(Permission.LogsWrite)
                .WithTags("Logs")
                .WithSummary("Takes records of the key's application as an Elasticsearch bulk request.")
                .DescribeBody(
                    ("application/x-ndjson", "{\"create\":{}}\n{\"level\":\"error\",\"service\":\"checkout\",\"message\":\"payment failed\"}\n"))
                .AnswersForRecords("Every item with its own status, as Elasticsearch answers it: a shipper repeats only what was refused.");
        }
    }

    private static async Task HandleAsync(HttpContext context)
    {
        var started = Stopwatch.GetTimestamp();
        ElasticHandshake.Mark(context.Response);
        var path = context.RequestServices.GetRequiredService<IngestPath>();
        if (await path.BeginAsync(context, IngestLimits.StreamedBodyBytesMax, RefuseAsync) is not { } request)
            return;
        using (request)
        {
            var records = new BulkRecords();
            if (!await StreamedBody.DecodeAsync(request.Body, request.Length, records, request.Intake, request.Delivery, path.Memory, context.RequestAborted))
                await RefuseAsync(context, IngestAnswers.TooBusy, 2);
            else if (await request.CompleteAsync(context))
                await ReportAsync(context, request.Intake, records, Stopwatch.GetElapsedTime(started));
        }
    }

    private static Task ReportAsync(HttpContext context, Intake intake, BulkRecords records, TimeSpan took)
    {
        // A body that broke off has a problem more than items: the shipper sees the items it sent and no answer for the rest, and repeats those.
        if (intake.Problems is [.., { Problem.Code: "body-too-large" or "body-truncated" or "bad-compression" } last] && records.Items.Count == 0)
            return RefuseAsync(context, Problem.Of(last.Problem.Code == "body-too-large" ? 413 : 400, last.Problem.Code, last.Problem.Message), 0);

        var body = new ArrayBufferWriter<byte>(64 + (records.Items.Count * 32));
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("took"u8, (long)took.TotalMilliseconds);
            json.WriteBoolean("errors"u8, intake.Rejected > 0);
            json.WriteStartArray("items"u8);
            foreach (var item in records.Items)
                Write(json, item);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        return context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted).AsTask();
    }

    private static void Write(Utf8JsonWriter json, BulkItem item)
    {
        json.WriteStartObject();
        json.WriteStartObject(item.Action);
        json.WriteNumber("status"u8, item.Problem is null ? StatusCodes.Status201Created : StatusCodes.Status400BadRequest);
        if (item.Problem is { } problem)
        {
            json.WriteStartObject("error"u8);
            json.WriteString("type"u8, problem.Code);
            json.WriteString("reason"u8, problem.Message);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("result"u8, "created"u8);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static Task RefuseAsync(HttpContext context, Problem problem, int retryAfterSeconds)
    {
        context.Response.StatusCode = problem.StatusCode!.Value;
        if (retryAfterSeconds > 0)
            context.Response.Headers.RetryAfter = retryAfterSeconds.ToString();
        return context.Response.WriteAsJsonAsync(
            new { error = new { type = problem.Code, reason = problem.Message }, status = problem.StatusCode.Value }, context.RequestAborted);
    }
}
