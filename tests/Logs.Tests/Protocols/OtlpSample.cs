using System.Buffers.Binary;
using System.Text;

namespace Rialto.Logs.Tests.Protocols;

/// <summary>The same three records in both encodings of OTLP.</summary>
internal static class OtlpSample
{
    public const string Json =
        """
        {"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"checkout"}},{"key":"region","value":{"stringValue":"eu"}}]},
          "scopeLogs":[{"scope":{"name":"shop"},"logRecords":[
            {"timeUnixNano":"1795255198123456789","severityNumber":17,"body":{"stringValue":"one \u00e4"},"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331",
             "attributes":[{"key":"text","value":{"stringValue":"v"}},{"key":"whole","value":{"intValue":"-3"}},{"key":"large","value":{"intValue":"9223372036854775807"}},
               {"key":"real","value":{"doubleValue":0.25}},{"key":"yes","value":{"boolValue":true}},{"key":"bytes","value":{"bytesValue":"AQID"}},
               {"key":"list","value":{"arrayValue":{"values":[{"stringValue":"a"},{"intValue":"2"}]}}},
               {"key":"map","value":{"kvlistValue":{"values":[{"key":"k","value":{"stringValue":"w"}},{"key":"n","value":{"intValue":"5"}}]}}}]},
            {"observedTimeUnixNano":"1795255198200000000","severityText":"debug","body":{"stringValue":"two"}},
            {"body":{"kvlistValue":{"values":[{"key":"a","value":{"intValue":"1"}}]}},"eventName":"three"}]}]}]}
        """;

    public static byte[] Protobuf()
    {
        var resource = Message((1, Pair("service.name", (1, Text("checkout")))), (1, Pair("region", (1, Text("eu")))));
        byte[] first =
        [
            .. Fixed64(1, 1_795_255_198_123_456_789), .. VarInt(2, 17), .. Message((5, Message((1, Text("one \u00e4"))))),
            .. Message(
                (6, Pair("text", (1, Text("v")))),
                (6, PairOf("whole", VarInt(3, unchecked((ulong)-3L)))),
                (6, PairOf("large", VarInt(3, long.MaxValue))),
                (6, PairOf("real", Fixed64(4, BitConverter.DoubleToUInt64Bits(0.25)))),
                (6, PairOf("yes", VarInt(2, 1))),
                (6, Pair("bytes", (7, new byte[] { 1, 2, 3 }))),
                (6, Pair("list", (5, Message((1, Message((1, Text("a")))), (1, VarInt(3, 2)))))),
                (6, Pair("map", (6, Message((1, Pair("k", (1, Text("w")))), (1, PairOf("n", VarInt(3, 5)))))))),
            .. Message((9, Convert.FromHexString("0af7651916cd43dd8448eb211c80319c")), (10, Convert.FromHexString("b7ad6b7169203331"))),
        ];
        byte[] second = [.. Fixed64(11, 1_795_255_198_200_000_000), .. Message((3, Text("debug")), (5, Message((1, Text("two")))))];
        var third = Message((5, Message((6, Message((1, PairOf("a", VarInt(3, 1))))))), (12, Text("three")));
        var scope = Message((1, Message((1, Text("shop")))), (2, first), (2, second), (2, third));
        return Message((1, Message((1, resource), (2, scope))));
    }

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Pair(string key, (int Field, byte[] Bytes) value) => PairOf(key, Message(value));

    private static byte[] PairOf(string key, byte[] value) => Message((1, Text(key)), (2, value));

    private static byte[] Message(params (int Field, byte[] Bytes)[] fields)
    {
        var message = new List<byte>();
        foreach (var (field, bytes) in fields)
        {
            message.AddRange(Number((ulong)((field << 3) | 2)));
            message.AddRange(Number((ulong)bytes.Length));
            message.AddRange(bytes);
        }

        return [.. message];
    }

    private static byte[] VarInt(int field, ulong value) => [.. Number((ulong)(field << 3)), .. Number(value)];

    private static byte[] Fixed64(int field, ulong value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return [.. Number((ulong)((field << 3) | 1)), .. bytes];
    }

    private static List<byte> Number(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return bytes;
    }
}
