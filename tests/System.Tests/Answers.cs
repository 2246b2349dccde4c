using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Rialto.System.Tests;

/// <summary>What every error looks like.</summary>
internal static class Answers
{
    public static async Task<JsonElement> ShouldBeProblemAsync(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync());
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        return problem;
    }

    public static async Task<string> GetStringOfAnyStatusAsync(this HttpClient client, string address)
    {
        using var answer = await client.GetAsync(address);
        return await answer.Content.ReadAsStringAsync();
    }

    public static async Task<JsonElement> ShouldBeTakenAsync(this HttpResponseMessage answer, int accepted)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        var taken = JsonDocument.Parse(text).RootElement;
        taken.GetProperty("accepted").GetInt32().ShouldBe(accepted, text);
        return taken;
    }
}
