using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Rialto.Logs.Applications;
using Rialto.Logs.Ingest;
using Rialto.Logs.Live;
using Rialto.Logs.Search;
using Rialto.Platform;
using Rialto.Platform.Identity.PersonalData;

namespace Rialto.Logs;

/// <summary>Records of the group's products: ingest, live tail, search.</summary>
public sealed class LogsModule : Module
{
    public override string Name => "logs";

    public override void AddServices(IHostApplicationBuilder builder)
    {
        builder.AddIngest();
        builder.Services.AddSearch();
        builder.Services.AddLive();
        builder.Services.AddPersonalData<RecordsPersonalData>("logs");
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes)
    {
        routes.MapIngest();
        routes.MapSearch();
        routes.MapLive();
    }
}
