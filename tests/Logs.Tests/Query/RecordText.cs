using System.Buffers;
using System.Text;
using System.Text.Json;
using Rialto.Logs.Live;
using Rialto.Logs.Records;
using Rialto.Logs.Search;

namespace Rialto.Logs.Tests.Query;

internal static class RecordText
{
    public static string Of(RecordBatch batch, int row)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, RecordJson.WriterOptions))
            LiveJson.Write(json, batch, row);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
