using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rialto.Forecast.Answers;
using Rialto.Forecast.Drift;
using Rialto.Forecast.Loads;
using Rialto.Forecast.Observations;
using Rialto.Forecast.Registry;
using Rialto.Forecast.Sources;
using Rialto.Forecast.Unusual;
using Rialto.Platform;
using Rialto.Platform.Identity.PersonalData;
using Rialto.Platform.Jobs;

namespace Rialto.Forecast;

/// <summary>Series, models and predictions with honest intervals.</summary>
public sealed class ForecastModule : Module
{
    public override string Name => "forecast";

    public override void AddServices(IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<SeriesCatalogue>();
        services.AddSingleton<ObservationStore>();
        services.AddSingleton<CorrectionLog>();
        services.AddSingleton<PanelReader>();
        services.AddSingleton<SourceBook>();
        services.AddSingleton<LogVolume>();
        services.AddSingleton<SourceReader>();
        services.AddSingleton<StartLoad>();
        services.AddSingleton<ModelStore>();
        services.AddSingleton<TrainModel>();
        services.AddSingleton<RunEvents>();
        services.AddSingleton<JobDesk>();
        services.AddSingleton<LoadedModels>();
        services.AddSingleton<Looks>();
        services.AddSingleton<Predict>();
        services.AddSingleton<DriftBook>();
        services.AddJob<LoadArguments, LoadJob>(LoadJob.Name, LoadJob.Policy);
        services.AddJob<TrainArguments, TrainJob>(TrainJob.Name, TrainJob.Policy);
        services.AddJob<TestArguments, TestJob>(TestJob.Name, TrainJob.Policy);
        services.AddJob<DueSources.Arguments, DueSources>(DueSources.Name);
        services.AddSchedule(DueSources.Name, Recurrence.Every(TimeSpan.FromMinutes(1)), new DueSources.Arguments());
        services.AddJob<DriftWatch.Arguments, DriftWatch>(DriftWatch.Name, TrainJob.Policy);
        services.AddSchedule(DriftWatch.Name, Recurrence.Every(DriftWatch.Every), new DriftWatch.Arguments());
        services.AddPersonalData<ForecastPersonalData>("forecast");
        services.AddHostedService<DemoSeries>();
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var forecast = routes.MapGroup("/api/forecast").WithTags("Forecast");
        StartLoad.Map(forecast);
        ReadLoads.Map(forecast);
        SourceBook.Map(forecast);
        ReadSeries.Map(forecast);
        Overview.Map(forecast);
        ReadUnusual.Map(forecast);
        TrainModel.Map(forecast);
        TestModel.Map(forecast);
        JobDesk.Map(forecast);
        Predict.Map(forecast);
    }
}
