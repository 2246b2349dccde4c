using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rialto.Platform.Problems;

/// <summary>
/// Turns whatever goes wrong behind it into problem details. What the caller did wrong is never logged as an exception;
/// what we did wrong is logged once, with its trace id, and the caller learns nothing of the inside.
/// </summary>
internal sealed partial class ProblemPipeline(RequestDelegate next, ILogger<ProblemPipeline> log)
{
    private readonly ILogger _log = log;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (IsBareError(context)) await Problem.OfStatus(context.Response.StatusCode).ExecuteAsync(context);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to read an answer. 499 is what proxies call it; it only shows in metrics.
            if (!context.Response.HasStarted) context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var problem = Explain(context, exception);
            // Headers that belong to the answer which failed must not describe the problem; those of the security middleware come later.
            context.Response.Clear();
            if (problem.StatusCode == StatusCodes.Status503ServiceUnavailable) context.Response.Headers.RetryAfter = "2";
            await problem.ExecuteAsync(context);
        }
        catch (Exception exception)
        {
            LogBrokenAnswer(exception, context.Request.Method, context.Request.Path);
            context.Abort();
        }
    }

    private static bool IsBareError(HttpContext context) =>
        context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null, ContentLength: null or 0 }
        && context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true };

    private Problem Explain(HttpContext context, Exception exception)
    {
        switch (exception)
        {
            case BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } bad:
                return UnreadableRequest.Explain(bad);
            case BadHttpRequestException bad:
                return Problem.OfStatus(bad.StatusCode);
        }
        foreach (var explain in context.RequestServices.GetServices<IExplainException>())
        {
            if (explain.Explain(exception) is { } problem) return problem;
        }
        LogUnhandled(exception, context.Request.Method, context.Request.Path);
        Activity.Current?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
        return Problem.OfStatus(StatusCodes.Status500InternalServerError);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogUnhandled(Exception exception, string method, PathString path);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed after its answer had begun; the connection is dropped")]
    private partial void LogBrokenAnswer(Exception exception, string method, PathString path);
}

/// <summary>
/// Knows what an exception of the outside world means to a caller, for example an engine that is down: 503.
/// Modules register theirs; null says "not mine".
/// </summary>
public interface IExplainException
{
    Problem? Explain(Exception exception);
}
