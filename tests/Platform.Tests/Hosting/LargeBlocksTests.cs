using Rialto.Platform.Hosting;

namespace Rialto.Platform.Tests.Hosting;

public sealed class LargeBlocksTests
{
    private const int Large = 64 << 10;
    private const int Small = 4 << 10;
    private const int LargeAtOnce = 256;

    [Fact]
    public void Few_connections_with_data_get_large_blocks_and_many_get_small_ones()
    {
        using var pool = new LargeBlocks().Create();
        var first = Enumerable.Range(0, LargeAtOnce).Select(_ => pool.Rent(Small)).ToList();
        Assert.All(first, block => Assert.Equal(Large, block.Memory.Length));

        var others = Enumerable.Range(0, 1_000).Select(_ => pool.Rent(Small)).ToList();
        Assert.All(others, block => Assert.Equal(Small, block.Memory.Length));

        // Who asks for more than a small block gets it all the same.
        using (var asked = pool.Rent(Small + 1)) Assert.Equal(Large, asked.Memory.Length);

        first[0].Dispose();
        // Twice is once: a place must not be given twice.
        first[0].Dispose();
        using var freed = pool.Rent(Small);
        Assert.Equal(Large, freed.Memory.Length);
        using var full = pool.Rent(Small);
        Assert.Equal(Small, full.Memory.Length);

        foreach (var block in first.Skip(1).Concat(others)) block.Dispose();
    }

    [Fact]
    public void No_two_hold_the_same_block_and_a_returned_one_cannot_be_used()
    {
        using var pool = new LargeBlocks().Create();
        for (var round = 0; round < 3; round++)
        {
            var blocks = Enumerable.Range(0, 600).Select(_ => pool.Rent()).ToList();
            for (var number = 0; number < blocks.Count; number++) BitConverter.TryWriteBytes(blocks[number].Memory.Span, number);
            for (var number = 0; number < blocks.Count; number++) Assert.Equal(number, BitConverter.ToInt32(blocks[number].Memory.Span));
            foreach (var block in blocks) block.Dispose();
            Assert.Throws<ObjectDisposedException>(() => blocks[0].Memory);
        }
    }

    [Fact]
    public void A_block_of_more_than_the_largest_is_refused()
    {
        using var pool = new LargeBlocks().Create();
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(Large + 1));
    }
}
