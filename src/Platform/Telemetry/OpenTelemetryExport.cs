using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Rialto.Platform.Telemetry;

/// <summary>
/// Sends traces and metrics to a collector when the standard variable OTEL_EXPORTER_OTLP_ENDPOINT names one.
/// Sources and meters of ours are called <c>Rialto.*</c>.
/// </summary>
internal sealed class OpenTelemetryExport(Settings settings) : IHostedService, IDisposable
{
    private TracerProvider? _traces;
    private MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT"))) return Task.CompletedTask;
        var resource = ResourceBuilder.CreateDefault().AddService("rialto", serviceVersion: Health.HealthEndpoints.Version, serviceInstanceId: settings.NodeId.ToString());
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource("Rialto.*", "Microsoft.AspNetCore", "System.Net.Http", "Npgsql").AddOtlpExporter().Build();
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter("Rialto.*", "Microsoft.AspNetCore.*", "System.Net.Http", "Npgsql", "System.Runtime").AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
