using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Rialto.Platform.Engines;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Hosting;

/// <summary>
/// Answers what no endpoint answers: files of the web application, its index for the addresses of its pages, and 404 for the rest.
/// It stands before authentication, so an unknown address is 404 for everybody and not 401.
/// </summary>
internal static class WebFiles
{
    // Under these only endpoints live; an unknown address there is a mistake of a program and no page.
    private static readonly string[] Programs = ["/api", "/v1", "/hubs", "/health", "/openapi", "/_bulk", "/oauth"];

    public static void UseWebFiles(this WebApplication app, Settings settings)
    {
        var directory = settings.WebDirectory ?? EngineFiles.FindUpwards(Path.Combine("web", "dist"), "index.html");
        var index = directory is null ? null : Path.Combine(directory, "index.html");
        app.MapWhen(context => context.GetEndpoint() is null, rest =>
        {
            if (directory is not null)
            {
                rest.UseStaticFiles(new StaticFileOptions
                {
                    FileProvider = new PhysicalFileProvider(directory),
                    OnPrepareResponse = file => SetCaching(file),
                });
            }
            rest.Run(context => index is not null && IsPage(context.Request)
                ? SendIndexAsync(context, index)
                : Problem.OfStatus(StatusCodes.Status404NotFound).ExecuteAsync(context));
        });
    }

    private static bool IsPage(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !Path.HasExtension(request.Path)
        && !Programs.Any(prefix => request.Path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    private static Task SendIndexAsync(HttpContext context, string index)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        return context.Response.SendFileAsync(index, context.RequestAborted);
    }

    /// <summary>The build puts a hash into every name under /assets, so those never change; all else is asked for again.</summary>
    private static void SetCaching(StaticFileResponseContext file) =>
        file.Context.Response.Headers.CacheControl = file.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
}
