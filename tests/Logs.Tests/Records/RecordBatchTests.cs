using System.Text;
using Rialto.Logs.Records;

namespace Rialto.Logs.Tests.Records;

public class RecordBatchTests
{
    private readonly RecordBatch _batch = new RecordBatch().Open(1, 2, "shop", 30);

    [Fact]
    public void Written_row_reads_back()
    {
        _batch.BeginRow(time: 5, observedMillis: 7);
        _batch.SetBody("hello"u8);
        _batch.SetService("checkout"u8);
        _batch.SetEnvironment("prod"u8);
        _batch.SetHost("web-1"u8);
        _batch.SeverityNumber = 17;
        _batch.SetTrace("0123456789abcdef"u8);
        _batch.SetSpan("01234567"u8);
        _batch.AddAttribute("path"u8, "/cart"u8).ShouldBeTrue();
        _batch.AddNumber("status"u8, 500).ShouldBeTrue();
        _batch.AddResource("region"u8, "eu"u8);
        _batch.SetResource(_batch.EndResource());
        _batch.EndRow();
        _batch.FirstSequence = 100;

        _batch.Count.ShouldBe(1);
        _batch.Sequence(0).ShouldBe(100ul);
        _batch.TimeNanos(0).ShouldBe(5);
        _batch.Observation(0).ShouldBe(7);
        _batch.Severity(0).ShouldBe((byte)17);
        Text(_batch.Body(0)).ShouldBe("hello");
        Text(_batch.Service(0)).ShouldBe("checkout");
        Text(_batch.Environment(0)).ShouldBe("prod");
        Text(_batch.Host(0)).ShouldBe("web-1");
        Text(_batch.TraceId(0)).ShouldBe("0123456789abcdef");
        Text(_batch.SpanId(0)).ShouldBe("01234567");
        _batch.TryGetAttribute(0, "path"u8, out var path).ShouldBeTrue();
        Text(path).ShouldBe("/cart");
        _batch.TryGetNumber(0, "status"u8, out var status).ShouldBeTrue();
        status.ShouldBe(500);
        _batch.TryGetResource(0, "region"u8, out var region).ShouldBeTrue();
        Text(region).ShouldBe("eu");
        _batch.TryGetAttribute(0, "status"u8, out _).ShouldBeFalse();
        _batch.TryGetNumber(0, "nothing"u8, out _).ShouldBeFalse();
    }

    [Fact]
    public void Dropped_row_leaves_the_others_as_they_were()
    {
        Row("first", ("a", "1"));
        _batch.BeginRow(1, 1);
        _batch.SetBody("bad"u8);
        _batch.SetTrace("0123456789abcdef"u8);
        _batch.AddAttribute("b"u8, "2"u8);
        _batch.AddNumber("n"u8, 3);
        _batch.DropRow();
        Row("second", ("b", "3"));

        _batch.Count.ShouldBe(2);
        Text(_batch.Body(1)).ShouldBe("second");
        _batch.Attributes(0).Count.ShouldBe(1);
        _batch.Attributes(1).Count.ShouldBe(1);
        Text(_batch.Attributes(1).Key(0)).ShouldBe("b");
        Text(_batch.Attributes(1).Value(0)).ShouldBe("3");
        _batch.Numbers(1).Count.ShouldBe(0);
        _batch.TraceId(1).ToArray().ShouldAllBe(b => b == 0);
    }

    [Fact]
    public void Second_use_of_a_key_in_a_row_is_refused_and_in_another_row_is_not()
    {
        _batch.BeginRow(1, 1);
        _batch.AddAttribute("k"u8, "1"u8).ShouldBeTrue();
        _batch.AddAttribute("k"u8, "2"u8).ShouldBeFalse();
        _batch.AddNumber("k"u8, 2).ShouldBeFalse();
        _batch.EndRow();
        _batch.BeginRow(1, 1);
        _batch.AddNumber("k"u8, 2).ShouldBeTrue();
        _batch.EndRow();
        _batch.Attributes(0).Count.ShouldBe(1);
        _batch.Numbers(1).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(16_383)]
    [InlineData(16_384)]
    [InlineData(2_097_151)]
    [InlineData(2_097_152)]
    public void Text_of_any_length_keeps_its_bytes(int length)
    {
        var column = new TextColumn();
        var text = new byte[length];
        Array.Fill(text, (byte)0xE4);
        column.Add("before"u8);
        column.Add(text);
        column.Add("after"u8);
        column[1].SequenceEqual(text).ShouldBeTrue();
        Text(column[0]).ShouldBe("before");
        Text(column[2]).ShouldBe("after");
    }

    [Fact]
    public void Vocabulary_finds_each_of_many_words_and_nothing_else()
    {
        var words = new Vocabulary();
        for (var i = 0; i < 5_000; i++)
            words.IdOf(Encoding.UTF8.GetBytes($"word {i * 7919}")).ShouldBe(i + 1);
        for (var i = 0; i < 5_000; i++)
            words.Find(Encoding.UTF8.GetBytes($"word {i * 7919}")).ShouldBe(i + 1);
        words.Find("word"u8).ShouldBe(-1);
        words.Find(""u8).ShouldBe(0);
        words.Clear();
        words.Find("word 0"u8).ShouldBe(-1);
    }

    [Fact]
    public void Released_batch_comes_back_from_the_pool_empty()
    {
        var pool = new RecordBatchPool();
        var batch = pool.Rent(1, 2, "shop", 30);
        batch.BeginRow(1, 1);
        batch.SetService("checkout"u8);
        batch.AddAttribute("k"u8, "v"u8);
        batch.AddResource("r"u8, "v"u8);
        batch.SetResource(batch.EndResource());
        batch.EndRow();
        batch.Retain();
        batch.Release();
        batch.Count.ShouldBe(1);
        batch.Release();

        var again = pool.Rent(3, 4, "other", 7);
        again.ShouldBeSameAs(batch);
        again.Count.ShouldBe(0);
        again.Application.ShouldBe(4u);
        again.FindKey("k"u8).ShouldBe(-1);
        again.BeginRow(1, 1);
        again.EndRow();
        again.Attributes(0).Count.ShouldBe(0);
        again.Resources(0).Count.ShouldBe(0);
        again.Service(0).Length.ShouldBe(0);
    }

    [Fact]
    public void Reused_batch_knows_no_key_of_its_last_use()
    {
        var pool = new RecordBatchPool();
        for (var use = 0; use < 3; use++)
        {
            var batch = pool.Rent(1, 2, "shop", 30);
            string[] keys = use == 1 ? ["c"] : ["c", "b", "a"];
            for (var row = 0; row < 2; row++)
            {
                batch.BeginRow(1, 1);
                foreach (var key in keys.Reverse())
                    batch.AddAttribute(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes("of " + key)).ShouldBeTrue();
                batch.EndRow();
                foreach (var key in keys)
                {
                    batch.TryGetAttribute(row, Encoding.UTF8.GetBytes(key), out var value).ShouldBeTrue($"{key} in use {use}");
                    Text(value).ShouldBe("of " + key);
                }
            }

            batch.Keys.Count.ShouldBe(keys.Length + 1);
            batch.Release();
        }
    }

    private void Row(string body, params (string Key, string Value)[] attributes)
    {
        _batch.BeginRow(1, 1);
        _batch.SetBody(Encoding.UTF8.GetBytes(body));
        foreach (var (key, value) in attributes)
            _batch.AddAttribute(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(value)).ShouldBeTrue();
        _batch.EndRow();
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
