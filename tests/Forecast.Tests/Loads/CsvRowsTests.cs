using Rialto.Forecast.Loads;

namespace Rialto.Forecast.Tests.Loads;

public class CsvRowsTests
{
    [Fact]
    public async Task What_was_written_is_read_wherever_the_pieces_break()
    {
        var random = new Random(7);
        for (int round = 0; round < 200; round++)
        {
            string[][] table = [.. Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, 1 + random.Next(5)).Select(_ => Cell(random)).ToArray())];
            string text = string.Join(random.Next(2) == 0 ? "\n" : "\r\n", table.Select(row => string.Join(';', row.Select(cell => cell.IndexOfAny(['"', ';', '\n']) >= 0 || random.Next(3) == 0 ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell))));
            var rows = new CsvRows(new Pieces(text, random), ';');
            var read = new List<string[]>();
            while (await rows.NextAsync(CancellationToken.None))
                read.Add([.. Enumerable.Range(0, rows.Count).Select(i => rows[i].ToString())]);
            Flat(read).ShouldBe(Flat(table), text);
        }
    }

    [Fact]
    public async Task Lines_are_counted_through_quoted_line_ends()
    {
        var rows = new CsvRows(new StringReader("a,b\n\"x\ny\",1\r\n\r\nz,2\n"), ',');
        var lines = new List<long>();
        while (await rows.NextAsync(CancellationToken.None))
            lines.Add(rows.Line);
        lines.ShouldBe([1, 2, 5]);
    }

    [Fact]
    public async Task Two_hundred_megabytes_pass_through_the_memory_of_a_buffer()
    {
        var rows = new CsvRows(new Endless(200 << 20), ',');
        long count = 0, before = GC.GetAllocatedBytesForCurrentThread();
        int thread = Environment.CurrentManagedThreadId;
        while (await rows.NextAsync(CancellationToken.None))
            count++;
        count.ShouldBeGreaterThan(5_000_000);
        // The reader never has to wait, so all of it ran on this thread.
        Environment.CurrentManagedThreadId.ShouldBe(thread);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }

    private static string Flat(IEnumerable<string[]> table) => string.Join("\n|", table.Select(row => string.Join("|", row)));

    /// <summary>Never empty: a row of one empty cell is an empty line, which is no row.</summary>
    private static string Cell(Random random) => "c" + string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => "ab\";\n 1"[random.Next(7)]));

    private sealed class Pieces(string text, Random random) : TextReader
    {
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            int taken = Math.Min(Math.Min(buffer.Length, text.Length - _at), 1 + random.Next(9));
            text.AsMemory(_at, taken).CopyTo(buffer);
            _at += taken;
            return ValueTask.FromResult(taken);
        }
    }

    private sealed class Endless(long characters) : TextReader
    {
        private static readonly string Line = string.Concat(Enumerable.Repeat("2020-01-01T00:00:00Z,station,PM2.5,12\n", 100));
        private long _left = characters / Line.Length * Line.Length;
        private int _at;

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            int taken = (int)Math.Min(Math.Min(buffer.Length, Line.Length - _at), _left);
            Line.AsMemory(_at, taken).CopyTo(buffer);
            (_at, _left) = ((_at + taken) % Line.Length, _left - taken);
            return ValueTask.FromResult(taken);
        }
    }
}
