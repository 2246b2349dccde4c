using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace Rialto.Platform.Hosting;

/// <summary>For endpoints that read their bodies themselves, so that no type tells the API description what comes in.</summary>
public static class BodyDescriptions
{
    /// <param name="endpoint">What reads it.</param>
    /// <param name="bodies">Each media type with an example; the first is what most send.</param>
    public static RouteHandlerBuilder DescribeBody(this RouteHandlerBuilder endpoint, params (string Type, JsonNode Example)[] bodies) => endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = bodies.ToDictionary(body => body.Type, body => new OpenApiMediaType { Example = body.Example.DeepClone() }),
        };
        return Task.CompletedTask;
    });
}
