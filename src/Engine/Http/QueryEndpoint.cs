using Microsoft.AspNetCore.Http;
using Rialto.Engine.Library;
using Rialto.Engine.Statements;

namespace Rialto.Engine.Http;

/// <summary>
/// ClickHouse's HTTP interface: <c>GET</c> and <c>POST /</c> with the statement in <c>query=</c>, in the body, or begun in one and continued in the other.
/// The library's calls block, so they run on pool threads; what is awaited here is the network.
/// </summary>
internal sealed class QueryEndpoint(Sessions sessions, QuerySlots slots)
{
    public async Task HandleAsync(HttpContext http)
    {
        await using var answer = new Answer(http);
        try
        {
            var request = QueryRequest.Read(http.Request);
            if (request.Text.Length == 0 && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
            {
                await http.Response.WriteAsync("Ok.\n");
                return;
            }

            using var body = await RequestBody.ReadAsync(http.Request, request.Text, http.RequestAborted);
            using var slot = await slots.EnterAsync(request.QueueWait, http.RequestAborted);
            await RunAsync(http, answer, request, body);
        }
        catch (EngineException failure) when (!http.RequestAborted.IsCancellationRequested)
        {
            // Mistakes are the caller's to read; what is wrong with this process or its load is the operator's too.
            if (HttpStatus.Of(failure.Code) >= StatusCodes.Status500InternalServerError)
                Log.Warn("failed", ("code", failure.Code), ("ms", (long)answer.Elapsed.TotalMilliseconds), ("started", answer.Started));
            await answer.FailAsync(failure);
        }
        catch (BadHttpRequestException bad) when (!http.RequestAborted.IsCancellationRequested && !answer.Started)
        {
            var code = bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? Codes.QueryIsTooLarge : Codes.BadArguments;
            await answer.FailAsync(EngineException.Of(code, "BAD_REQUEST", bad.Message));
        }
        catch (InvalidDataException bad) when (!answer.Started)
        {
            await answer.FailAsync(EngineException.Of(Codes.CannotDecompress, "CANNOT_DECOMPRESS", bad.Message));
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered; the statement has been stopped.
        }
    }

    private async Task RunAsync(HttpContext http, Answer answer, QueryRequest request, RequestBody body)
    {
        var statement = body.Statement;
        var format = statement.Format ?? request.DefaultFormat;
        var stream = statement.Kind == StatementKind.Select && Formats.CanStream(format);
        var session = await Task.Run(() => sessions.Rent(request.SessionFor(wholeResult: statement.Kind == StatementKind.Select && !stream)));
        var unchanged = false;
        var watch = new DisconnectWatch(sessions, session, http.RequestAborted);
        try
        {
            if (statement.Kind == StatementKind.InsertData)
                await InsertAsync(http, answer, request, body, session);
            else if (stream)
                await StreamAsync(http, answer, request, body, session, format);
            else
                await WholeAsync(answer, request, body, session, format);
            unchanged = statement.Kind != StatementKind.Text;
        }
        finally
        {
            // The session is returned when nobody can kill what runs on it any more.
            unchanged &= !await watch.StopAsync();
            sessions.Return(session, unchanged);
        }
    }

    private static async Task InsertAsync(HttpContext http, Answer answer, QueryRequest request, RequestBody body, Session session)
    {
        var format = body.Statement.Format ?? (request.DefaultFormat == "TabSeparated" ? "Values" : request.DefaultFormat);
        answer.Describe(request, format);
        using var done = await InsertRun.RunAsync(session, body, format, request.Parameters, http.RequestAborted);
        answer.Progress.Add(done);
        await answer.StartAsync(gzip: false, length: 0);
    }

    private static async Task StreamAsync(HttpContext http, Answer answer, QueryRequest request, RequestBody body, Session session, string format)
    {
        answer.Describe(request, format);
        using var run = await Task.Run(() => SelectRun.Start(session, body.Text, format, request));
        foreach (var part in run.First)
            answer.Progress.Add(part);
        await answer.StartAsync(request.Gzip, run.Ended ? run.First.Sum(part => (long)part.Length) : null);
        foreach (var part in run.First)
        {
            using (part)
                await answer.WriteAsync(part, http.RequestAborted);
        }

        // The engine makes the next part while this one goes out: two parts in memory, never more.
        var next = run.Ended ? null : Task.Run(run.Next);
        while (next is not null && await next is { } part)
        {
            next = Task.Run(run.Next);
            try
            {
                using (part)
                    await answer.WriteAsync(part, http.RequestAborted);
            }
            catch
            {
                await DropAsync(next);
                throw;
            }
        }
    }

    // The stream is cancelled by the same thread of calls that reads it, so a reading that is under way ends first.
    private static async Task DropAsync(Task<Result?> next)
    {
        try
        {
            (await next)?.Dispose();
        }
        catch (EngineException)
        {
            // The reader has gone: how its query ended is told to nobody.
        }
    }

    private static async Task WholeAsync(Answer answer, QueryRequest request, RequestBody body, Session session, string format)
    {
        answer.Describe(request, format);
        using var whole = await Task.Run(() => session.Connection.Query(body.Text, request.DefaultFormat, request.Parameters));
        answer.Progress.Add(whole);
        await answer.StartAsync(request.Gzip, whole.Length);
        await answer.WriteAsync(whole, default);
    }
}
