using System.Text.Json;

namespace Rialto.Simulators.Machinery;

/// <summary>
/// The routes by which a test or a demo steers a vendor: under <c>/_sim</c> on the vendor's own port, and under <c>/_sim/{vendor}</c> on the
/// control port, which stays open while the vendor's is closed.
/// </summary>
internal static class Control
{
    private static readonly JsonSerializerOptions Pretty = new(Journal.Json) { WriteIndented = true };

    public static void Map(IEndpointRouteBuilder routes, string prefix, Vendor vendor)
    {
        routes.MapGet($"{prefix}/effects", context => Tell(context, vendor.Effects()));
        routes.MapGet($"{prefix}/operations", context => Tell(context, vendor.Operations.Where(operation => operation.Kind != OperationKind.Page)
            .Select(operation => new { operation.Name, operation.Method, operation.Path, Kind = operation.Kind.ToString().ToLowerInvariant() })));
        routes.MapGet($"{prefix}/calls", context => Tell(context, vendor.Calls.All));
        MapFaults(routes, prefix, vendor);
        routes.MapGet($"{prefix}/options", context => Tell(context, vendor.Options));
        routes.MapPut($"{prefix}/options", context => Take(context, vendor, body =>
        {
            lock (vendor.Gate)
                vendor.Configure(body);
            return vendor.Options;
        }));
        routes.MapPut($"{prefix}/seed", context => Take(context, vendor, body =>
        {
            vendor.PutRows(body);
            return new { done = true };
        }));
        routes.MapPost($"{prefix}/reset", context =>
        {
            vendor.Reset();
            return Tell(context, new { done = true });
        });
        MapWebhooks(routes, prefix, vendor);
        MapClock(routes, prefix, vendor.Simulation);
        vendor.MapControl(routes, prefix);
    }

    public static Task Tell(HttpContext context, object? body, int status = 200)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(body, Pretty);
    }

    public static async Task Take(HttpContext context, Vendor vendor, Func<JsonElement, object> apply)
    {
        object answer;
        try
        {
            answer = apply(await JsonSerializer.DeserializeAsync<JsonElement>(context.Request.Body, Journal.Json));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            await Tell(context, new { vendor = vendor.Name, error = exception.Message }, 400);
            return;
        }
        await Tell(context, answer);
    }

    private static void MapFaults(IEndpointRouteBuilder routes, string prefix, Vendor vendor)
    {
        var path = $"{prefix}/faults";
        object Faults() => new { vendor = vendor.Name, faults = vendor.Faults.Snapshot() };
        routes.MapGet(path, context => Tell(context, Faults()));
        routes.MapPut(path, context => Take(context, vendor, body =>
        {
            var (faults, seed) = FaultWords.Read(body);
            vendor.Faults.Replace(faults, seed);
            context.Response.OnCompleted(() => vendor.Simulation.ApplyRefusalAsync(vendor));
            return Faults();
        }));
        routes.MapPost(path, context => Take(context, vendor, body =>
        {
            vendor.Faults.Add(FaultWords.Read(body).Faults);
            context.Response.OnCompleted(() => vendor.Simulation.ApplyRefusalAsync(vendor));
            return Faults();
        }));
        routes.MapDelete(path, context =>
        {
            vendor.Faults.Replace([], null);
            context.Response.OnCompleted(() => vendor.Simulation.ApplyRefusalAsync(vendor));
            return Tell(context, Faults());
        });
    }

    private static void MapWebhooks(IEndpointRouteBuilder routes, string prefix, Vendor vendor)
    {
        routes.MapGet($"{prefix}/webhooks", context => Tell(context, new { endpoints = vendor.Webhooks.Endpoints, deliveries = vendor.Webhooks.All }));
        routes.MapPut($"{prefix}/webhooks", context => Take(context, vendor, body =>
        {
            vendor.Webhooks.Endpoints = body.TryGetProperty("endpoints", out var several)
                ? several.Deserialize<WebhookEndpoint[]>(Journal.Json)!
                : [body.Deserialize<WebhookEndpoint>(Journal.Json)!];
            return new { endpoints = vendor.Webhooks.Endpoints };
        }));
        routes.MapPost($"{prefix}/webhooks/{{id}}/replay", context =>
            vendor.Webhooks.Replay(context.Request.RouteValues["id"]?.ToString() ?? "")
                ? Tell(context, new { done = true })
                : Tell(context, new { error = "There is no such delivery." }, 404));
    }

    /// <summary>The clock is one for all vendors, wherever it is set from.</summary>
    public static void MapClock(IEndpointRouteBuilder routes, string prefix, Simulation simulation)
    {
        routes.MapGet($"{prefix}/clock", context => Tell(context, simulation.Clock.State));
        routes.MapPut($"{prefix}/clock", context => Take(context, simulation.Vendors[0], body =>
        {
            var frozen = body.TryGetProperty("frozen", out var word) ? word.GetBoolean() : simulation.Clock.State.Frozen;
            if (body.TryGetProperty("now", out var now))
                simulation.Clock.Set(now.GetDateTimeOffset(), frozen);
            else
                simulation.Clock.Set(simulation.Clock.GetUtcNow() + TimeSpan.FromSeconds(
                    body.TryGetProperty("advanceSeconds", out var seconds) ? seconds.GetDouble() : 0), frozen);
            simulation.Tick();
            return simulation.Clock.State;
        }));
    }
}
