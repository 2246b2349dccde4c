using System.Text.Unicode;
using Rialto.Logs.Ingest;

namespace Rialto.Logs.Protocols.Text;

/// <summary>Plain text: every line that is not empty is the message of a record.</summary>
internal sealed class TextLines : ISliceDecoder
{
    private bool _isSkipping;

    public int Decode(ReadOnlySpan<byte> slice, bool final, Intake intake)
    {
        var position = 0;
        while (position < slice.Length && !intake.IsFull)
        {
            var rest = slice[position..];
            var end = rest.IndexOf((byte)'\n');
            if (end < 0 && !final && !_isSkipping && rest.Length < IngestLimits.RecordBytesMax)
                return position;
            var line = end < 0 ? rest : rest[..end];
            if (_isSkipping)
                _isSkipping = end < 0;
            else
                Take(line.TrimEnd((byte)'\r'), intake, isEnded: end >= 0 || final);
            position += end < 0 ? rest.Length : end + 1;
        }

        return position;
    }

    private void Take(ReadOnlySpan<byte> line, Intake intake, bool isEnded)
    {
        if (line.IsEmpty)
            return;
        var row = intake.Begin();
        if (line.Length > IngestLimits.RecordBytesMax || !isEnded)
        {
            intake.Reject(RecordProblem.TooLarge);
            _isSkipping = !isEnded;
        }
        else if (!Utf8.IsValid(line))
        {
            intake.Reject(RecordProblem.InvalidUtf8);
        }
        else
        {
            row.SetBody(line);
            intake.Accept(line.Length);
        }
    }
}
