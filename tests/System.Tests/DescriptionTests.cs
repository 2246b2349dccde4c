using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rialto.Fixtures;

namespace Rialto.System.Tests;

/// <summary>The API description as the developer portal and the generated types read it.</summary>
public partial class DescriptionTests(HostFixture fixture)
{
    /// <summary>What is left out on purpose: answers that shippers of Elasticsearch expect before they send, SignalR's own protocol, and the description itself.</summary>
    private static bool IsLeftOut(string method, string path) =>
        (path.StartsWith("/_", StringComparison.Ordinal) && path != "/_bulk") || path == "/" || path.StartsWith("/hubs/", StringComparison.Ordinal) || path.StartsWith("/openapi/", StringComparison.Ordinal) || method == "HEAD";

    [Fact]
    public async Task Every_endpoint_is_described()
    {
        using var client = fixture.Host.Client();
        var paths = (await client.GetFromJsonAsync<JsonElement>("openapi/v1.json")).GetProperty("paths");
        var described = paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}")).ToHashSet();
        var routes = (await File.ReadAllLinesAsync(Path.Combine(Checkout.Root, "tests/System.Tests/routes.txt"))).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(parts => !IsLeftOut(parts[0], parts[1]))
            .Select(parts => $"{parts[0]} {Constraint().Replace(parts[1], "")}").ToList();
        routes.Count.ShouldBeGreaterThan(150);
        routes.Where(route => !described.Contains(route)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/api/logs/records", "application/json", "application/x-ndjson", "text/plain")]
    [InlineData("/v1/logs", "application/json", "application/x-protobuf")]
    [InlineData("/_bulk", "application/x-ndjson")]
    [InlineData("/oauth/token", "application/x-www-form-urlencoded")]
    [InlineData("/api/forecast/predict", "application/json")]
    public async Task A_body_is_described_with_its_media_types(string path, params string[] types)
    {
        using var client = fixture.Host.Client();
        var operation = (await client.GetFromJsonAsync<JsonElement>("openapi/v1.json")).GetProperty("paths").GetProperty(path).GetProperty("post");
        operation.GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(type => type.Name).ShouldBe(types);
        operation.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).ShouldContain("200");
    }

    /// <summary>What a developer is given to begin with has to be taken.</summary>
    [Theory]
    [InlineData("/api/logs/records", "application/json")]
    [InlineData("/api/logs/records", "application/x-ndjson")]
    [InlineData("/api/logs/records", "text/plain")]
    [InlineData("/v1/logs", "application/json")]
    [InlineData("/_bulk", "application/x-ndjson")]
    public async Task The_example_of_a_body_is_taken(string path, string type)
    {
        var tenant = await Tenant.CreateAsync(fixture, $"described {path} {type}");
        using var client = fixture.Host.Client();
        var example = (await client.GetFromJsonAsync<JsonElement>("openapi/v1.json")).GetProperty("paths").GetProperty(path).GetProperty("post").GetProperty("requestBody").GetProperty("content").GetProperty(type).GetProperty("example");
        using var sender = fixture.Host.KeyClient(tenant.Key);
        using var content = new StringContent(example.ValueKind == JsonValueKind.String ? example.GetString()! : example.GetRawText());
        content.Headers.ContentType = new(type);
        using var answer = await sender.PostAsync(path.TrimStart('/'), content);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        text.ShouldNotContain("\"errors\":true");
        text.ShouldNotContain("rejectedLogRecords");
    }

    [GeneratedRegex(":[a-z]+(?=\\})")]
    private static partial Regex Constraint();
}
