using System.Collections.Immutable;
using System.Text;

namespace Rialto.Logs.Query;

/// <summary>
/// Writes conditions as ClickHouse SQL. Everything a person typed is a bound parameter; the SQL text depends on the query's shape only.
/// Each expression is 0 or 1, never NULL, so NOT is the plain complement.
/// </summary>
internal sealed class ConditionSql
{
    /// <summary>The engine refuses more tokens in one call; the rest of a longer phrase is checked by the phrase itself.</summary>
    private const int TokensMax = 60;

    /// <summary>Beyond it a double is no longer every whole number, and its digits are not what was sent.</summary>
    private const string WholeNumberEnd = "9007199254740992";

    private readonly Dictionary<string, object?> _parameters = [];

    public IReadOnlyDictionary<string, object?> Parameters => _parameters;

    /// <summary>Binds a value and returns its placeholder.</summary>
    public string Bind(string type, object value)
    {
        var name = $"p{_parameters.Count}";
        _parameters.Add(name, value);
        return $"{{{name}:{type}}}";
    }

    public string Write(Condition condition) => condition switch
    {
        Always always => always.Value ? "1" : "0",
        AllOf all => Join(all.Parts, " AND "),
        AnyOf any => Join(any.Parts, " OR "),
        Not not => $"NOT {Write(not.Inner)}",
        BodyHasText text => BodyHas(text.Text),
        BodyHasPattern pattern => BodyHas(pattern.Pattern),
        SeverityIn level when level.Low == level.High => $"(SeverityNumber = {level.Low})",
        SeverityIn level => $"(SeverityNumber BETWEEN {level.Low} AND {level.High})",
        SequenceIn { Low: var low, High: var high } when low == high => $"(Seq = {Bind("UInt64", low)})",
        SequenceIn range => $"(Seq BETWEEN {Bind("UInt64", range.Low)} AND {Bind("UInt64", range.High)})",
        IdIn id => Id(id),
        ApplicationIs { Numbers.Length: 0 } => "0",
        ApplicationIs application => $"(AppId IN ({string.Join(", ", application.Numbers)}))",
        TextIs text => $"({Compare(Column(text.Column), text.Match)})",
        AttributeIs attribute => Attribute(attribute),
        NumberIn number => Number(number),
        AttributeExists exists => Exists(exists.Key),
        ResourceIs resource => Resource(resource),
        ResourceExists exists => $"mapContains(Resource, {Bind("String", exists.Key)})",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private string Join(ImmutableArray<Condition> parts, string with) => $"({string.Join(with, parts.Select(Write))})";

    private string BodyHas(string text)
    {
        var tokens = Tokens.Of(text);
        if (Tokens.IsExactWord(text))
            return HasWords(tokens);

        var startsAtToken = Tokens.IsPart(text[0]);
        var endsAtToken = Tokens.IsPart(text[^1]);
        var found = startsAtToken || endsAtToken
            ? $"match(lower(Body), {Bind("String", BodyRegex.Of(text))})"
            : $"position(lower(Body), {Bind("String", Tokens.Lower(text))}) > 0";
        return WithIndexes(tokens, found);
    }

    private string BodyHas(Pattern pattern) => WithIndexes(BodyRegex.WholeTokens(pattern), $"match(lower(Body), {Bind("String", BodyRegex.Of(pattern))})");

    /// <summary>
    /// The exact test between what the indexes can say. The text index answers by itself and comes first. The filters of ids only leave granules out: their
    /// condition is true wherever the test is, and last, because it cuts each body that is still there into tokens again.
    /// </summary>
    private string WithIndexes(List<string> tokens, string found)
    {
        var words = tokens.Where(token => Tokens.IndexOf(token) == TokenIndex.Words).Take(TokensMax).ToList();
        var ids = tokens.Where(token => Tokens.IndexOf(token) == TokenIndex.Ids).Take(TokensMax).ToArray();
        var sql = words.Count == 0 ? found : $"{HasWords(words)} AND {found}";
        return ids.Length == 0 ? $"({sql})" : $"({sql} AND hasAll(BodyTokens, {Bind("Array(String)", ids)}))";
    }

    private string HasWords(IEnumerable<string> words) => $"hasAllTokens(BodyWords, {Bind("Array(String)", words.ToArray())})";

    private string Id(IdIn id)
    {
        var (column, bytes) = id.Column == IdColumn.Trace ? ("TraceId", 16) : ("SpanId", 8);
        var low = $"toFixedString(unhex({Bind("String", Convert.ToHexString(id.Low.AsSpan()))}), {bytes})";
        if (id.Low.AsSpan().SequenceEqual(id.High.AsSpan()))
            return $"({column} = {low})";
        return $"({column} BETWEEN {low} AND toFixedString(unhex({Bind("String", Convert.ToHexString(id.High.AsSpan()))}), {bytes}))";
    }

    private static string Column(TextField column) => column switch
    {
        TextField.Service => "ServiceName",
        TextField.Environment => "Environment",
        TextField.Host => "Host",
        _ => "Body",
    };

    private string Compare(string text, TextMatch match) =>
        match.Text is { } exact ? $"{text} = {Bind("String", exact)}" : $"{text} LIKE {Bind("String", Like(match.Pattern!))}";

    // has() over the items can use their index. An item with a second '=' could also be another key's, so there the map is asked too.
    private string Attribute(AttributeIs attribute)
    {
        var key = Bind("String", attribute.Key);
        if (attribute.Match.Text is { } text)
        {
            var equal = Item("AttributeItems", "Attributes", key, attribute.Key, text);
            return attribute.Number is { } number ? $"({equal} OR {NumberEquals(key, number)})" : equal;
        }

        var like = Bind("String", Like(attribute.Match.Pattern!));
        var matches = $"Attributes[{key}] LIKE {like}";
        if (!attribute.Match.Pattern!.Literals.All(literal => literal.All(c => char.IsAsciiDigit(c) || c == '-')))
            return $"({matches})";
        var value = $"AttributesNumber[{key}]";
        return $"({matches} OR (mapContains(AttributesNumber, {key}) AND {value} = trunc({value}) AND abs({value}) < {WholeNumberEnd}"
            + $" AND toString(accurateCastOrDefault({value}, 'Int64')) LIKE {like}))";
    }

    private string Item(string items, string map, string keyParameter, string key, string value)
    {
        var has = $"has({items}, {Bind("String", $"{key}={value}")})";
        return key.Contains('=') || value.Contains('=') ? $"({has} AND mapContains({map}, {keyParameter}) AND {map}[{keyParameter}] = {Bind("String", value)})" : has;
    }

    // A missing number reads as 0, so only where 0 would match must the key be there.
    private string NumberEquals(string key, double number) =>
        number == 0 ? $"(mapContains(AttributesNumber, {key}) AND AttributesNumber[{key}] = 0)" : $"AttributesNumber[{key}] = {Bind("Float64", number)}";

    private string Number(NumberIn range)
    {
        var key = Bind("String", range.Key);
        var parts = new List<string>();
        var hasLow = double.IsFinite(range.Low);
        var hasHigh = double.IsFinite(range.High);
        var zeroMatches = (!hasLow || (range.LowInclusive ? range.Low <= 0 : range.Low < 0)) && (!hasHigh || (range.HighInclusive ? range.High >= 0 : range.High > 0));
        if (zeroMatches)
            parts.Add($"mapContains(AttributesNumber, {key})");
        if (hasLow)
            parts.Add($"AttributesNumber[{key}] {(range.LowInclusive ? ">=" : ">")} {Bind("Float64", range.Low)}");
        if (hasHigh)
            parts.Add($"AttributesNumber[{key}] {(range.HighInclusive ? "<=" : "<")} {Bind("Float64", range.High)}");
        return $"({string.Join(" AND ", parts)})";
    }

    private string Exists(string key)
    {
        var name = Bind("String", key);
        return $"(mapContains(Attributes, {name}) OR mapContains(AttributesNumber, {name}))";
    }

    private string Resource(ResourceIs resource)
    {
        var key = Bind("String", resource.Key);
        return resource.Match.Text is { } text
            ? Item("ResourceItems", "Resource", key, resource.Key, text)
            : $"(Resource[{key}] LIKE {Bind("String", Like(resource.Match.Pattern!))})";
    }

    private static string Like(Pattern pattern)
    {
        var like = new StringBuilder();
        foreach (var piece in pattern.Pieces)
        {
            if (Pattern.IsLiteral(piece))
                like.Append(piece.Replace("\\", "\\\\").Replace("%", "\\%").Replace("_", "\\_"));
            else
                like.Append(ReferenceEquals(piece, Pattern.Many) ? '%' : '_');
        }

        return like.ToString();
    }
}
