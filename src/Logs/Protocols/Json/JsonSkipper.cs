namespace Rialto.Logs.Protocols.Json;

/// <summary>
/// Finds the end of an element of an array that is not valid JSON (or too large to look at), so that the elements after it can be read.
/// It knows only strings and brackets, and keeps its place between two slices.
/// </summary>
internal struct JsonSkipper
{
    /// <summary>Beyond this depth any closing bracket closes one: the record is refused for its depth anyway.</summary>
    private const int KindsMax = 64;

    /// <summary>Kinds of the open brackets, the outermost in the lowest bit: 1 is an object.</summary>
    private ulong _kinds;
    private int _depth;
    private bool _inString;
    private bool _afterBackslash;

    /// <summary>Moves <paramref name="position"/> to the comma or bracket after the element; false when the slice ended first.</summary>
    public bool TrySkip(ReadOnlySpan<byte> slice, ref int position)
    {
        for (; position < slice.Length; position++)
        {
            var c = slice[position];
            if (_afterBackslash)
                _afterBackslash = false;
            else if (c == '\\')
                _afterBackslash = _inString;
            else if (c == '"')
                _inString = !_inString;
            else if (_inString)
                continue;
            else if (_depth == 0 && c is (byte)',' or (byte)']')
                return true;
            else if (c is (byte)'{' or (byte)'[')
                Push(c == '{');
            else if (c is (byte)'}' or (byte)']' && !Pop(c == '}'))
                return true;
        }

        return false;
    }

    private void Push(bool isObject)
    {
        if (_depth < KindsMax)
            _kinds = isObject ? _kinds | (1ul << _depth) : _kinds & ~(1ul << _depth);
        _depth++;
    }

    /// <summary>Closes brackets up to one of this kind. A square one that nothing opened closes the array around the element: false.</summary>
    private bool Pop(bool isObject)
    {
        for (var depth = _depth; depth > 0; depth--)
        {
            if (depth <= KindsMax && ((_kinds >> (depth - 1)) & 1) != (isObject ? 1u : 0))
                continue;
            _depth = depth - 1;
            return true;
        }

        return isObject;
    }
}
