using Microsoft.AspNetCore.Http;
using Rialto.Engine.Library;

namespace Rialto.Engine.Http;

/// <summary>
/// <c>GET /selfcheck</c>: runs a query and then reads through a null reference on the same thread. <c>Ok.</c> says that the library and .NET still share
/// the process's signals; the alternative is that the process dies, which the supervisor sees.
/// </summary>
internal static class SelfCheck
{
    public static async Task HandleAsync(HttpContext http, Sessions sessions)
    {
        var held = await Task.Run(() =>
        {
            var session = sessions.Rent(SessionKey.Of("default", []));
            session.Connection.Query("SELECT sum(number) FROM numbers(1000000)").Dispose();
            sessions.Return(session, unchanged: true);
            return Signals.NullReferenceIsAnException(null);
        });
        http.Response.StatusCode = held ? StatusCodes.Status200OK : StatusCodes.Status500InternalServerError;
        await http.Response.WriteAsync(held ? "Ok.\n" : "The null reference went unnoticed.\n");
    }
}
