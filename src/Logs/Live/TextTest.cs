using System.Buffers.Text;
using System.Text;
using Rialto.Logs.Query;
using Rialto.Logs.Records;

namespace Rialto.Logs.Live;

/// <summary>Equality or pattern over one text.</summary>
internal readonly struct TextComparison(TextMatch match)
{
    private readonly byte[]? _text = match.Text is { } text ? Encoding.UTF8.GetBytes(text) : null;
    private readonly PatternMatcher? _pattern = match.Pattern is { } pattern ? PatternMatcher.OfValue(pattern) : null;

    public bool Matches(ReadOnlySpan<byte> text) => _text is not null ? text.SequenceEqual(_text) : _pattern!.IsMatch(text);
}

/// <summary>Service, environment or host: a batch keeps each distinct text once, so the answer is looked up by the text's id.</summary>
internal sealed class TextTest(TextField column, TextMatch match) : RowTest
{
    private readonly TextComparison _comparison = new(match);
    private bool[] _answers = [];

    public override int Cost => 2;

    public override void Begin(RecordBatch batch)
    {
        var words = Words(batch);
        if (_answers.Length < words.Count)
            _answers = new bool[Math.Max(words.Count, _answers.Length * 2)];
        for (var id = 0; id < words.Count; id++)
            _answers[id] = _comparison.Matches(words[id]);
    }

    public override bool Matches(RecordBatch batch, int row) => _answers[column switch
    {
        TextField.Service => batch.ServiceIds[row],
        TextField.Environment => batch.EnvironmentIds[row],
        _ => batch.HostIds[row],
    }];

    private Vocabulary Words(RecordBatch batch) => column switch
    {
        TextField.Service => batch.Services,
        TextField.Environment => batch.Environments,
        _ => batch.Hosts,
    };
}

internal sealed class WholeBodyTest(TextMatch match) : RowTest
{
    private readonly TextComparison _comparison = new(match);

    public override int Cost => 3;

    public override bool Matches(RecordBatch batch, int row) => _comparison.Matches(batch.Body(row));
}

internal sealed class AttributeTest(AttributeIs attribute) : RowTest
{
    /// <summary>Whole numbers below it are exact, and their digits are what was sent.</summary>
    private const double WholeNumberEnd = 9007199254740992;

    private readonly byte[] _name = Encoding.UTF8.GetBytes(attribute.Key);
    private readonly TextComparison _comparison = new(attribute.Match);
    private int _key;

    public override int Cost => 10;

    public override void Begin(RecordBatch batch)
    {
        _key = batch.FindKey(_name);
        Constant = _key < 0 ? false : null;
    }

    public override bool Matches(RecordBatch batch, int row)
    {
        if (batch.TryGetAttribute(row, _key, out var text))
            return _comparison.Matches(text);
        return batch.TryGetNumber(row, _key, out var number) && Matches(number);
    }

    private bool Matches(double number)
    {
        if (attribute.Match.Pattern is null)
            return number == attribute.Number;
        if (number != Math.Truncate(number) || Math.Abs(number) >= WholeNumberEnd)
            return false;
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat((long)number, digits, out var length);
        return _comparison.Matches(digits[..length]);
    }
}

internal sealed class ResourceTest(ResourceIs resource) : RowTest
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(resource.Key);
    private readonly TextComparison _comparison = new(resource.Match);
    private int _key;

    public override int Cost => 8;

    public override void Begin(RecordBatch batch)
    {
        _key = batch.FindKey(_name);
        Constant = _key < 0 ? false : null;
    }

    public override bool Matches(RecordBatch batch, int row) => batch.TryGetResource(row, _key, out var text) && _comparison.Matches(text);
}
