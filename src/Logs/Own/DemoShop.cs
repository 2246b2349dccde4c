using System.Globalization;
using System.Text;

namespace Rialto.Logs.Own;

/// <summary>
/// A made-up shop that writes records as real ones do: visits that pass through several services under one trace, durations with a long tail,
/// now and then a bad quarter of an hour with a payment provider. The same seed and times give the same records.
/// </summary>
internal sealed class DemoShop(int seed)
{
    private static readonly string[] Products = ["Trail Runner 3", "Canvas Tote", "Linen Shirt", "Wool Beanie", "Rain Jacket", "Leather Belt", "Hiking Pole", "Down Vest", "Merino Socks", "Desk Lamp"];
    private static readonly string[] Countries = ["DE", "SE", "FR", "NL", "IT", "ES", "PL", "FI"];
    private static readonly string[] Words = ["shirt", "rain jacket", "blue sneakers", "gift card", "wool", "lamp", "backpack", "size 43"];

    private readonly Random _random = new(seed);

    /// <summary>Appends the records of one visit as NDJSON; returns how many there are.</summary>
    public int Visit(DateTimeOffset at, StringBuilder lines)
    {
        var visit = new VisitOf(this, at, lines);
        visit.Write("storefront", "info", $"GET /products {visit.Status(0.996)}", ("http.method", "GET"), ("http.path", "/products"), ("duration_ms", Duration(40)));
        if (_random.NextDouble() < 0.5)
            visit.Write("search", "info", $"query \"{Pick(Words)}\" returned {_random.Next(0, 240)} products", ("results", _random.Next(0, 240)), ("duration_ms", Duration(25)));
        if (_random.NextDouble() < 0.15)
            visit.Write("search", "warn", "query took longer than its budget, partial results returned", ("shards.failed", _random.Next(1, 3)), ("duration_ms", Duration(900)));
        visit.Write("catalog", "debug", $"price list loaded for {Pick(Countries)}", ("cache", _random.NextDouble() < 0.9 ? "hit" : "miss"), ("duration_ms", Duration(4)));
        if (_random.NextDouble() < 0.55)
            return visit.Count;

        var product = Pick(Products);
        visit.Write("cart", "info", $"added {product} to cart", ("product", product), ("quantity", _random.Next(1, 4)), ("duration_ms", Duration(12)));
        if (_random.NextDouble() < 0.05)
            visit.Write("cart", "warn", $"{product} is down to its last {_random.Next(1, 5)} pieces", ("product", product));
        if (_random.NextDouble() < 0.5)
            return visit.Count;

        CheckOut(visit);
        return visit.Count;
    }

    private void CheckOut(VisitOf visit)
    {
        var order = $"ORD-{_random.Next(100_000, 999_999)}";
        var amount = Math.Round((_random.NextDouble() * 240) + 9, 2);
        visit.Write("checkout", "info", $"checkout of {order} started", ("order", order), ("amount", amount), ("currency", "EUR"), ("country", Pick(Countries)));
        if (_random.NextDouble() < (IsIncident(visit.At) ? 0.6 : 0.02))
        {
            visit.Write("payments", "error", $"payment provider timeout for {order} after 10000 ms", ("order", order), ("provider", "cardlane"), ("attempt", 1), ("duration_ms", 10_000));
            visit.Write("checkout", "error", $"checkout of {order} failed: payment failed", ("order", order), ("reason", "payment failed"),
                ("exception.type", "PaymentTimeoutException"), ("exception.stacktrace", "PaymentTimeoutException: no answer within 10 s\n   at Payments.Authorize(Order order)\n   at Checkout.Pay(Order order)"));
            return;
        }

        if (_random.NextDouble() < 0.03)
        {
            visit.Write("payments", "warn", $"card declined for {order}", ("order", order), ("provider", "cardlane"), ("decline_code", "insufficient_funds"));
            return;
        }

        visit.Write("payments", "info", $"payment of {amount.ToString("0.00", CultureInfo.InvariantCulture)} EUR authorized for {order}", ("order", order), ("amount", amount), ("provider", "cardlane"), ("duration_ms", Duration(180)));
        visit.Write("inventory", "info", $"stock reserved for {order}", ("order", order), ("warehouse", _random.NextDouble() < 0.7 ? "north" : "south"), ("duration_ms", Duration(20)));
        if (_random.NextDouble() < 0.004)
            visit.Write("inventory", "fatal", "stock ledger is out of balance, writes stopped", ("warehouse", "north"));
        visit.Write("checkout", "info", $"order {order} placed", ("order", order), ("amount", amount), ("duration_ms", Duration(320)));
        visit.Write("notifications", "debug", $"mail order-confirmation queued for {order}", ("order", order), ("template", "order-confirmation"));
    }

    /// <summary>A quarter of an hour, every seven hours.</summary>
    private static bool IsIncident(DateTimeOffset at) => at.ToUnixTimeSeconds() % (7 * 3600) < 900;

    /// <summary>Milliseconds around a typical value, with the long tail that durations have.</summary>
    private double Duration(double typical) => Math.Round(typical * Math.Exp(0.6 * Normal()), 1);

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private T Pick<T>(T[] items) => items[_random.Next(items.Length)];

    /// <summary>One visitor's way through the shop.</summary>
    private sealed class VisitOf
    {
        private readonly DemoShop _shop;
        private readonly StringBuilder _lines;
        private readonly string _trace;
        private readonly string _user;
        private TimeSpan _elapsed;

        public VisitOf(DemoShop shop, DateTimeOffset at, StringBuilder lines)
        {
            (_shop, At, _lines) = (shop, at, lines);
            _trace = $"{shop._random.NextInt64():x16}{shop._random.NextInt64():x16}";
            _user = $"u-{shop._random.Next(10_000, 99_999)}";
        }

        public DateTimeOffset At { get; }

        public int Count { get; private set; }

        public int Status(double successes) => _shop._random.NextDouble() < successes ? 200 : 503;

        public void Write(string service, string level, string message, params ReadOnlySpan<(string Key, object Value)> attributes)
        {
            _elapsed += TimeSpan.FromMilliseconds(_shop._random.NextDouble() * 60);
            var time = (At + _elapsed).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
            _lines.Append(CultureInfo.InvariantCulture, $"{{\"timestamp\":\"{time}\",\"level\":\"{level}\",\"service\":\"{service}\",\"environment\":\"prod\",");
            _lines.Append(CultureInfo.InvariantCulture, $"\"host\":\"{service}-{(_shop._random.Next() % 3) + 1}\",\"trace_id\":\"{_trace}\",\"span_id\":\"{_shop._random.NextInt64():x16}\",");
            _lines.Append("\"message\":").Append(Json(message)).Append(",\"user\":\"").Append(_user).Append('"');
            foreach (var (key, value) in attributes)
                _lines.Append(",\"").Append(key).Append("\":").Append(value is string text ? Json(text) : Convert.ToString(value, CultureInfo.InvariantCulture));
            _lines.Append("}\n");
            Count++;
        }

        private static string Json(string text) => $"\"{System.Text.Json.JsonEncodedText.Encode(text)}\"";
    }
}
