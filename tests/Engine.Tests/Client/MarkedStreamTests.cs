using System.Text;
using FsCheck.Fluent;
using Rialto.Platform.ClickHouse;

namespace Rialto.Engine.Tests.Client;

public class MarkedStreamTests
{
    private const string Tag = "abcdefghijklmnop";
    private const string Mark = $"\r\n__exception__\r\n{Tag}\r\n";
    private const string Error = "Code: 395. DB::Exception: on purpose. (FUNCTION_THROW_IF_VALUE_IS_NON_ZERO) (version 26.7.2.1)\n";

    private static readonly string Tail = $"{Mark}{Error}{Error.Length} {Tag}\r\n__exception__\r\n";

    [Fact]
    public async Task However_it_is_cut_the_data_comes_whole_and_then_the_exception()
    {
        var cuts = Gen.ArrayOf(Gen.Choose(1, 60)).Sample(300, 30);
        var data = string.Concat(Enumerable.Repeat("row\r\n__exception__\r\nrow\r\n", 7));
        foreach (var cut in cuts)
        {
            foreach (var bufferBytes in (int[])[1, 7, 127, 128, 4096])
            {
                await using var stream = new MarkedStream(new CutStream(Encoding.UTF8.GetBytes(data + Tail), cut, broken: true), Tag);

                var (text, failure) = await ReadAsync(stream, bufferBytes);

                text.ShouldBe(data);
                failure.ShouldBeOfType<ClickHouseException>().Code.ShouldBe(395);
                failure.Message.ShouldBe(Error.TrimEnd());
            }
        }
    }

    [Fact]
    public async Task Data_without_the_mark_comes_whole()
    {
        var data = string.Concat(Enumerable.Repeat($"row\r\n__exception__\r\n{Tag[..10]}", 20)) + Mark[..20];
        foreach (var cut in Gen.ArrayOf(Gen.Choose(1, 60)).Sample(100, 30))
        {
            await using var stream = new MarkedStream(new CutStream(Encoding.UTF8.GetBytes(data), cut, broken: false), Tag);

            var (text, failure) = await ReadAsync(stream, 128);

            text.ShouldBe(data);
            failure.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_connection_that_breaks_without_a_mark_is_unavailable()
    {
        await using var stream = new MarkedStream(new CutStream("half a ro"u8.ToArray(), [3], broken: true), Tag);

        var (_, failure) = await ReadAsync(stream, 4096);

        failure.ShouldBeOfType<ClickHouseUnavailableException>();
    }

    private static async Task<(string Text, Exception? Failure)> ReadAsync(Stream stream, int bufferBytes)
    {
        using var text = new MemoryStream();
        var buffer = new byte[bufferBytes];
        try
        {
            while (await stream.ReadAsync(buffer) is var read and > 0)
                text.Write(buffer, 0, read);
            return (Encoding.UTF8.GetString(text.ToArray()), null);
        }
        catch (Exception failure)
        {
            return (Encoding.UTF8.GetString(text.ToArray()), failure);
        }
    }

    // Gives its bytes in pieces of the given lengths, over and over, and may break at the end.
    private sealed class CutStream(byte[] bytes, int[] cuts, bool broken) : MemoryStream(bytes)
    {
        private int _next;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position == Length && broken)
                throw new HttpIOException(HttpRequestError.ResponseEnded);
            var piece = cuts.Length == 0 ? 11 : cuts[_next++ % cuts.Length];
            return base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
        }
    }
}
