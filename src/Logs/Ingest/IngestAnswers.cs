using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Rialto.Logs.Protocols;
using Rialto.Logs.Spool;
using Rialto.Platform.Problems;

namespace Rialto.Logs.Ingest;

/// <summary>Every answer of the native endpoint, and the refusals that all endpoints share.</summary>
internal static class IngestAnswers
{
    public static readonly Problem NoApplication = Problem.Of(
        StatusCodes.Status403Forbidden, "application-key-required", "Records belong to an application: send them with an application's key, not with a session.");

    public static readonly Problem ApplicationGone = Problem.Of(
        StatusCodes.Status403Forbidden, "application-gone", "The application of this key has been deleted; its records are not taken any more.");

    public static readonly Problem ApplicationUnsure = Problem.Of(
        StatusCodes.Status503ServiceUnavailable, "application-unsure", "The database that knows whether this application is still there does not answer; try again as Retry-After says.");

    public static readonly Problem EncodingNotSupported = Problem.Of(
        StatusCodes.Status415UnsupportedMediaType, "encoding-not-supported", $"This Content-Encoding is not known here; send {ContentEncoding.Supported} or none.");

    public static readonly Problem TooBusy = Problem.Of(
        StatusCodes.Status503ServiceUnavailable, "too-busy", "More records are arriving than this node has memory for; try again as Retry-After says.");

    public static readonly Problem OverRate = Problem.Of(
        StatusCodes.Status429TooManyRequests, "quota-rate", "This application sends more records a second than it may; try again as Retry-After says.");

    public static readonly Problem OverDay = Problem.Of(
        StatusCodes.Status429TooManyRequests, "quota-day", "This application has sent as many bytes today as it may; its quota begins anew at midnight UTC.");

    /// <summary>How long a sender should wait, in seconds, after each refusal of the spool.</summary>
    public static (Problem Problem, int RetryAfterSeconds) Of(CommitOutcome outcome) => outcome switch
    {
        CommitOutcome.Full => (Problem.Of(
            StatusCodes.Status503ServiceUnavailable, "spool-full", "Records wait for the store and there is no room for more; try again as Retry-After says."), 5),
        CommitOutcome.DiskFailed => (Problem.Of(
            StatusCodes.Status503ServiceUnavailable, "disk-failed", "The records could not be made durable and were not taken; try again as Retry-After says."), 2),
        _ => (Problem.Of(StatusCodes.Status503ServiceUnavailable, "stopping", "This node is about to stop; try again, another one answers."), 1),
    };

    /// <summary>The refusal of endpoints whose protocol has no form of its own.</summary>
    public static Task RefuseAsync(HttpContext context, Problem problem, int retryAfterSeconds = 0)
    {
        if (retryAfterSeconds > 0)
            context.Response.Headers.RetryAfter = retryAfterSeconds.ToString();
        return problem.ExecuteAsync(context);
    }

    /// <summary>200 when anything was accepted or nothing was wrong; otherwise 400 (413 when only size was) with the same lists.</summary>
    public static Task ReportAsync(HttpContext context, Intake intake)
    {
        if (intake.Accepted == 0 && intake.Rejected > 0)
        {
            var isTooLarge = intake.Problems.All(problem => problem.Problem.Code is "body-too-large" or "record-too-large");
            return Problem.Of(
                isTooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest,
                isTooLarge ? intake.Problems[0].Problem.Code : "records-unreadable",
                $"None of the records could be taken. The first problem: {intake.Problems[0].Problem.Message}",
                extra: new { accepted = 0, rejectedCount = intake.Rejected, rejected = intake.Problems.Select(Listed) }).ExecuteAsync(context);
        }

        var body = new ArrayBufferWriter<byte>(64 + (intake.Problems.Count * 128));
        using (var json = new Utf8JsonWriter(body))
            Write(json, intake);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        return context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted).AsTask();
    }

    private static object Listed((int Index, RecordProblem Problem) problem) =>
        new { index = problem.Index, code = problem.Problem.Code, message = problem.Problem.Message };

    private static void Write(Utf8JsonWriter json, Intake intake)
    {
        json.WriteStartObject();
        json.WriteNumber("accepted"u8, intake.Accepted);
        Write(json, "rejected", intake.Problems);
        if (intake.Rejected > intake.Problems.Count)
            json.WriteNumber("rejectedCount"u8, intake.Rejected);
        if (intake.Notes.Count > 0)
            Write(json, "notes", intake.Notes);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<(int Index, RecordProblem Problem)> problems)
    {
        json.WriteStartArray(name);
        foreach (var (index, problem) in problems)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, index);
            json.WriteString("code"u8, problem.Code);
            json.WriteString("message"u8, problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
