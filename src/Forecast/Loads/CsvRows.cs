namespace Rialto.Forecast.Loads;

/// <summary>
/// Reads comma-separated rows from a stream in bounded memory, however large the file. Quoted cells may hold delimiters, doubled quotes and line
/// ends. A quote that is never closed would swallow the rest of the file: such a row is given back as broken, and reading goes on at the next line.
/// </summary>
internal sealed class CsvRows(TextReader text, char delimiter)
{
    /// <summary>No row of numbers is longer; a longer one is an unclosed quote or no table at all.</summary>
    public const int RowCharsMax = 64 << 10;

    private readonly List<(int From, int Length, bool Doubled)> _cells = [];
    private char[] _buffer = new char[2 * RowCharsMax];
    private int _begin, _end;
    private bool _ended;
    private long _nextLine = 1;

    /// <summary>The line on which the current row begins; the first is 1.</summary>
    public long Line { get; private set; }

    public int Count => _cells.Count;

    /// <summary>The row could not be taken apart; its cells mean nothing.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Valid until the next row is read.</summary>
    public ReadOnlySpan<char> this[int cell]
    {
        get
        {
            var (from, length, doubled) = _cells[cell];
            var span = _buffer.AsSpan(from, length);
            return doubled ? span.ToString().Replace("\"\"", "\"") : span;
        }
    }

    /// <summary>Moves to the next row that is not empty; false at the end.</summary>
    public async ValueTask<bool> NextAsync(CancellationToken stop)
    {
        while (true)
        {
            if (TryTake())
                return true;
            if (_ended && _begin == _end)
                return false;
            await FillAsync(stop);
        }
    }

    private async ValueTask FillAsync(CancellationToken stop)
    {
        _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
        (_begin, _end) = (0, _end - _begin);
        int read = await text.ReadAsync(_buffer.AsMemory(_end), stop);
        _ended = read == 0;
        _end += read;
    }

    private bool TryTake()
    {
        while (_begin < _end && _buffer[_begin] is '\n' or '\r')
            SkipLineEnd();
        if (_begin == _end)
            return false;
        _cells.Clear();
        IsBroken = false;
        int at = _begin, lines = 0;
        while (TryCell(ref at, ref lines, out bool isLast))
        {
            if (!isLast)
                continue;
            Line = _nextLine;
            _nextLine += lines;
            _begin = at;
            return true;
        }
        // The row does not end in what is here: more is needed, unless there is no more or it is too long to be one.
        return (_ended || _end - _begin >= RowCharsMax) && TakeBroken();
    }

    /// <summary>Takes one cell; afterwards <paramref name="at"/> is behind its delimiter or line end. False = it does not end here.</summary>
    private bool TryCell(ref int at, ref int lines, out bool isLast)
    {
        isLast = false;
        if (at < _end && _buffer[at] == '"')
            return TryQuoted(ref at, ref lines, out isLast);
        int length = _buffer.AsSpan(at, _end - at).IndexOfAny(delimiter, '\n', '\r');
        if (length < 0)
        {
            if (!_ended)
                return false;
            length = _end - at;
        }
        _cells.Add((at, length, false));
        return TryEndCell(ref at, at + length, out isLast);
    }

    private bool TryQuoted(ref int at, ref int lines, out bool isLast)
    {
        isLast = false;
        int from = at + 1, look = from, inner = 0;
        bool doubled = false;
        while (true)
        {
            int quote = _buffer.AsSpan(look, _end - look).IndexOf('"');
            if (quote < 0)
                return false;
            look += quote;
            if (look + 1 == _end && !_ended)
                return false;
            if (look + 1 < _end && _buffer[look + 1] == '"')
            {
                doubled = true;
                look += 2;
                continue;
            }
            break;
        }
        inner = _buffer.AsSpan(from, look - from).Count('\n');
        _cells.Add((from, look - from, doubled));
        lines += inner;
        // What stands between the closing quote and the delimiter is not part of the cell.
        int rest = _buffer.AsSpan(look + 1, _end - look - 1).IndexOfAny(delimiter, '\n', '\r');
        if (rest < 0 && !_ended)
            return false;
        return TryEndCell(ref at, rest < 0 ? _end : look + 1 + rest, out isLast);
    }

    private bool TryEndCell(ref int at, int end, out bool isLast)
    {
        isLast = end == _end || _buffer[end] != delimiter;
        at = isLast ? end : end + 1;
        return true;
    }

    private bool TakeBroken()
    {
        int length = _buffer.AsSpan(_begin, _end - _begin).IndexOf('\n');
        Line = _nextLine;
        _begin = length < 0 ? _end : _begin + length;
        _cells.Clear();
        IsBroken = true;
        return true;
    }

    private void SkipLineEnd()
    {
        if (_buffer[_begin] == '\n')
            _nextLine++;
        // A lone carriage return ends a line as old machines wrote it; before a line feed it belongs to that.
        else if (_begin + 1 < _end && _buffer[_begin + 1] != '\n')
            _nextLine++;
        _begin++;
    }
}
