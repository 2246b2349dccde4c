using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Rialto.Platform;

/// <summary>
/// One part of the product: logs, store, club... A module references Platform and Contracts only and is its assembly's one public type;
/// modules exchange events through the outbox, so that any subset of them boots.
/// Migrations are found by name in the module's assembly: <c>Schema/NNN_name.sql</c> for PostgreSQL and
/// <c>Schema/ClickHouse/NNN_name.sql</c> for ClickHouse.
/// </summary>
public abstract class Module
{
    /// <summary>Lower-case name: the PostgreSQL schema, the segment after <c>/api/</c>, and the word in <c>RIALTO_MODULES</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Registers the module's services. Runs before any engine is up: open no connection here.</summary>
    public virtual void AddServices(IHostApplicationBuilder builder)
    {
    }

    /// <summary>Maps the module's endpoints, each with an explicit policy; migrations have run by then.</summary>
    public virtual void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }

    /// <summary>Puts the module's demo data in place; called once a start, in demo mode only, so it must be repeatable.</summary>
    public virtual Task SeedDemoAsync(IServiceProvider services, CancellationToken stop) => Task.CompletedTask;
}
