using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Rialto.Platform.ClickHouse.Native;
using Rialto.Platform.Problems;

namespace Rialto.Logs.Ingest;

/// <summary>
/// Answers of OTLP: <c>ExportLogsServiceResponse</c> with its partial success, and <c>google.rpc.Status</c> for errors, each in the encoding of the request.
/// </summary>
internal static class OtlpAnswers
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    public static bool IsJson(HttpRequest request) => request.ContentType?.StartsWith(Json, StringComparison.OrdinalIgnoreCase) == true;

    public static Task ReportAsync(HttpContext context, Intake intake)
    {
        if (intake.Rejected == 0)
            return SendAsync(context, IsJson(context.Request) ? "{}"u8.ToArray() : []);

        var message = Explain(intake);
        if (IsJson(context.Request))
        {
            return SendAsync(context, JsonSerializer.SerializeToUtf8Bytes(
                new { partialSuccess = new { rejectedLogRecords = intake.Rejected.ToString(), errorMessage = message } }));
        }

        var partial = new NativeWriter(256);
        partial.VarInt((1 << 3) | 0); // rejected_log_records
        partial.VarInt((ulong)intake.Rejected);
        partial.VarInt((2 << 3) | 2); // error_message
        partial.Text(message);
        var answer = new NativeWriter(256);
        answer.VarInt((1 << 3) | 2); // partial_success
        answer.VarInt((ulong)partial.Length);
        answer.Bytes(partial.Span);
        return SendAsync(context, answer.Span.ToArray());
    }

    /// <summary>429 and 503 tell the sender to come again, everything else not to.</summary>
    public static Task RefuseAsync(HttpContext context, Problem problem, int retryAfterSeconds)
    {
        context.Response.StatusCode = problem.StatusCode!.Value;
        if (retryAfterSeconds > 0)
            context.Response.Headers.RetryAfter = retryAfterSeconds.ToString();
        var code = problem.StatusCode switch { 429 => 8, 503 => 14, 403 => 7, _ => 3 }; // resource exhausted, unavailable, permission denied, invalid argument
        var message = $"{problem.Code}: {problem.Message}";
        if (IsJson(context.Request))
            return SendAsync(context, JsonSerializer.SerializeToUtf8Bytes(new { code, message }));
        var status = new NativeWriter(256);
        status.VarInt((1 << 3) | 0); // code
        status.VarInt((ulong)code);
        status.VarInt((2 << 3) | 2); // message
        status.Text(message);
        return SendAsync(context, status.Span.ToArray());
    }

    /// <summary>The first few problems; a sender prints this line in its own log.</summary>
    private static string Explain(Intake intake)
    {
        const int Shown = 5;
        var shown = string.Join("; ", intake.Problems.Take(Shown).Select(problem => $"record {problem.Index}: {problem.Problem.Code}, {problem.Problem.Message}"));
        return intake.Rejected > Shown ? $"{shown}; and {intake.Rejected - Shown} more" : shown;
    }

    private static Task SendAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = IsJson(context.Request) ? Json : Protobuf;
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
