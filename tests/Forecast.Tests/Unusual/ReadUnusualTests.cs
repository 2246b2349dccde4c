using System.Globalization;
using System.Net;
using System.Text;

namespace Rialto.Forecast.Tests.Unusual;

public sealed class ReadUnusualTests(ForecastHost host) : IClassFixture<ForecastHost>, IDisposable
{
    private readonly ForecastApp _app = host.NewOrganization();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_stretch_outside_of_what_was_usual_is_told_with_its_farthest_step()
    {
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var random = new Random(1);
        var table = new StringBuilder("time,station,measure,value,unit\n");
        for (int i = 0; i < 60 * 24; i++)
        {
            double value = 100 + 50 * Math.Sin(i % 24 * Math.PI / 12) + random.NextDouble();
            table.Append(CultureInfo.InvariantCulture, $"{start.AddHours(i):yyyy-MM-dd'T'HH:mm:ss'Z'},web,requests,{(i is 1200 or 1201 or 1202 ? value + 100 * (i - 1198) : value):R},\n");
        }
        await _app.LoadAsync(table.ToString(), preset: "long");

        var view = await _app.GetAsync("/series/requests%40web/unusual");
        var stretch = view.GetProperty("stretches").EnumerateArray().ShouldHaveSingleItem();
        stretch.GetProperty("from").GetDateTime().ShouldBe(start.AddHours(1200));
        stretch.GetProperty("to").GetDateTime().ShouldBe(start.AddHours(1202));
        stretch.GetProperty("at").GetDateTime().ShouldBe(start.AddHours(1202));
        stretch.GetProperty("steps").GetInt32().ShouldBe(3);
        stretch.GetProperty("value").GetDouble().ShouldBeGreaterThan(2 * stretch.GetProperty("expected").GetDouble());
        var points = view.GetProperty("points").EnumerateArray().ToArray();
        points.Length.ShouldBe(14 * 24 + 1);
        points.Count(point => point.GetProperty("unusual").GetBoolean()).ShouldBe(3);
        points.ShouldAllBe(point => point.GetProperty("lower").GetDouble() <= point.GetProperty("expected").GetDouble() && point.GetProperty("expected").GetDouble() <= point.GetProperty("upper").GetDouble());

        var early = await _app.GetAsync("/series/requests%40web/unusual?from=2024-01-01T00:00:00Z&to=2024-01-03T00:00:00Z");
        early.GetProperty("points").GetArrayLength().ShouldBe(0, "nothing is known of what is usual");
        (await _app.GetAsync("/series/requests%40web/unusual?quantile=1", HttpStatusCode.BadRequest)).GetProperty("field").GetString().ShouldBe("quantile");
        (await _app.GetAsync("/series/nobody/unusual", HttpStatusCode.NotFound)).GetProperty("code").GetString().ShouldBe("no-such-series");
    }
}
