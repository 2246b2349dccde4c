using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Rialto.Fixtures;

namespace Rialto.System.Tests;

/// <summary>Finds what was sent, as a person would: by the search of the API.</summary>
internal static class Searches
{
    /// <summary>The one record a query finds, as soon as it is searchable.</summary>
    public static async Task<JsonElement> FindAsync(this HostFixture fixture, string query) => (await fixture.FindAllAsync(query, 1)).Single();

    /// <summary>The records a query finds, newest first, as soon as there are that many. More is wrong too.</summary>
    public static async Task<IReadOnlyList<JsonElement>> FindAllAsync(this HostFixture fixture, string query, int count, string key = RialtoProcess.Key)
    {
        using var client = fixture.Host.KeyClient(key);
        JsonElement[] records = [];
        await Eventually.TrueAsync(
            async () =>
            {
                var page = await client.GetFromJsonAsync<JsonElement>($"api/logs/search?from=now-1h&limit=1000&q={Uri.EscapeDataString(query)}");
                records = [.. page.GetProperty("records").EnumerateArray()];
                return records.Length >= count;
            },
            $"{count} records are found by {query}");
        records.Length.ShouldBe(count, query);
        return records;
    }

    /// <summary>Where the host listens for syslog, which its status says.</summary>
    public static async Task<int> SyslogPortAsync(this HostFixture fixture)
    {
        using var client = await fixture.Host.SignInAsync();
        var status = await client.GetFromJsonAsync<JsonElement>("api/platform/status");
        var detail = status.GetProperty("parts").EnumerateArray().Single(part => part.Text("name") == "logs.syslog").Text("detail");
        return int.Parse(detail.Split(' ', ',')[1], CultureInfo.InvariantCulture);
    }

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString() ?? "";
}
