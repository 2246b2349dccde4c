using System.Buffers.Text;

namespace Rialto.Bench.Load.Target;

/// <summary>The bytes of an answer of HTTP/1.1, as far as a generator reads them.</summary>
internal static class Answer
{
    public static int StatusOf(ReadOnlySpan<byte> answer) => ((answer[9] - '0') * 100) + ((answer[10] - '0') * 10) + (answer[11] - '0');

    /// <summary>Head and body are there.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var length = answer[..head].IndexOf("Content-Length: "u8);
        if (length < 0)
            return answer[..head].IndexOf("chunked"u8) < 0 || answer.EndsWith("0\r\n\r\n"u8);
        Utf8Parser.TryParse(answer[(length + 16)..], out int body, out _);
        return answer.Length >= head + 4 + body;
    }
}
