using System.Globalization;
using System.Text;
using Rialto.Logs.Ingest;
using Rialto.Logs.Protocols;
using Rialto.Logs.Records;

namespace Rialto.Logs.Tests.Protocols;

/// <summary>What a decoder made of a body, in a form that tests compare and people read.</summary>
internal sealed record Decoded(IReadOnlyList<string> Rows, IReadOnlyList<(int Index, RecordProblem Problem)> Problems, int Rejected, IReadOnlyList<(int Index, RecordProblem Problem)> Notes)
{
    public IReadOnlyList<(int Index, string Code)> Codes => [.. Problems.Select(problem => (problem.Index, problem.Problem.Code))];
}

internal static class Decoding
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    public static readonly RecordSource Source = new(1, 2, "shop", 30);

    public static Decoded Decode(ISliceDecoder decoder, string body, int sliceBytes = int.MaxValue) => Decode(decoder, Encoding.UTF8.GetBytes(body), sliceBytes);

    /// <summary>Feeds the body as a slow sender would: in slices, with what was not consumed in front of the next one.</summary>
    public static Decoded Decode(ISliceDecoder decoder, byte[] body, int sliceBytes = int.MaxValue)
    {
        var intake = new Intake(new RecordBatchPool(), Source, Now);
        var rows = new List<string>();
        var rest = Array.Empty<byte>();
        for (var at = 0; at <= body.Length;)
        {
            var count = Math.Min(sliceBytes, body.Length - at);
            var slice = rest.Concat(body.Skip(at).Take(count)).ToArray();
            at += count;
            var final = at == body.Length;
            var position = 0;
            while (true)
            {
                position += decoder.Decode(slice.AsSpan(position), final, intake);
                if (!intake.IsFull)
                    break;
                Take(intake, rows);
            }

            rest = slice[position..];
            if (final)
                break;
        }

        Take(intake, rows);
        rows.Count.ShouldBe(intake.Accepted);
        return new Decoded(rows, intake.Problems, intake.Rejected, intake.Notes);
    }

    public static void Take(Intake intake, List<string> rows)
    {
        if (intake.TakeBatch() is not { } batch)
            return;
        for (var row = 0; row < batch.Count; row++)
            rows.Add(Render(batch, row));
        batch.Release();
    }

    /// <summary>One line a record: what is there and nothing else.</summary>
    public static string Render(RecordBatch batch, int row)
    {
        var text = new StringBuilder();
        text.Append(Time(batch.TimeNanos(row)));
        if (batch.Observation(row) != Now.ToUnixTimeMilliseconds())
            text.Append(" observed=").Append(Time(batch.Observation(row) * 1_000_000));
        if (batch.Severity(row) != 0)
            text.Append(CultureInfo.InvariantCulture, $" severity={batch.Severity(row)}");
        Append(text, "service", batch.Service(row));
        Append(text, "environment", batch.Environment(row));
        Append(text, "host", batch.Host(row));
        if (batch.TraceId(row).ContainsAnyExcept((byte)0))
            text.Append(" trace=").Append(Convert.ToHexStringLower(batch.TraceId(row)));
        if (batch.SpanId(row).ContainsAnyExcept((byte)0))
            text.Append(" span=").Append(Convert.ToHexStringLower(batch.SpanId(row)));
        text.Append(" body=").Append(Text(batch.Body(row)));
        var attributes = batch.Attributes(row);
        for (var i = 0; i < attributes.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $" {Text(attributes.Key(i))}={Text(attributes.Value(i))}");
        var numbers = batch.Numbers(row);
        for (var i = 0; i < numbers.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $" {Text(numbers.Key(i))}=#{numbers.Value(i):R}");
        var resources = batch.Resources(row);
        for (var i = 0; i < resources.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $" resource.{Text(resources.Key(i))}={Text(resources.Value(i))}");
        return text.ToString();
    }

    private static string Time(long nanos) =>
        DateTimeOffset.UnixEpoch.AddTicks(nanos / 100).ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture) + (nanos % 100).ToString("00", CultureInfo.InvariantCulture);

    private static void Append(StringBuilder text, string name, ReadOnlySpan<byte> value)
    {
        if (!value.IsEmpty)
            text.Append(' ').Append(name).Append('=').Append(Text(value));
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).Replace("\n", "\\n").Replace("\r", "\\r");
}
