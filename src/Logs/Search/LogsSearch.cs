using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Identity;

namespace Rialto.Logs.Search;

/// <summary>Everything below <c>/api/logs</c> that reads records.</summary>
internal static class LogsSearch
{
    public static void AddSearch(this IServiceCollection services)
    {
        services.AddSingleton(provider => new ApplicationDirectory(
            (organization, cancel) => ApplicationDirectory.ReadAsync(provider.GetRequiredService<NpgsqlDataSource>(), organization, cancel), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Searches>();
        services.AddSingleton<SearchEngine>();
        services.AddSingleton<RecordPages>();
    }

    public static void MapSearch(this IEndpointRouteBuilder routes)
    {
        var logs = routes.MapGroup("/api/logs").WithTags("Logs").RequirePermission(Permission.LogsRead).AddEndpointFilter(ExplainAsync);
        SearchRecords.Map(logs);
        ReadHistogram.Map(logs);
        ListFields.Map(logs);
        GetRecord.Map(logs);
        GetContext.Map(logs);
        GetTrace.Map(logs);
    }

    // The engine being down or overtaxed is expected here: it is told, not logged.
    private static async ValueTask<object?> ExplainAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ClickHouseUnavailableException)
        {
            context.HttpContext.Response.Headers.RetryAfter = "2";
            return SearchErrors.Unavailable();
        }
        catch (ClickHouseException busy) when (busy.Code == TooManySimultaneousQueries)
        {
            context.HttpContext.Response.Headers.RetryAfter = "2";
            return SearchErrors.Busy();
        }
        catch (ClickHouseException limit) when (limit.IsLimit)
        {
            return SearchErrors.TooExpensive();
        }
    }

    private const int TooManySimultaneousQueries = 202;
}
