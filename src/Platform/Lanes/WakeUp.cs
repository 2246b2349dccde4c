using System.Threading.Channels;

namespace Rialto.Platform.Lanes;

/// <summary>Wakes a loop; many calls while it is awake count as one. Thread safe.</summary>
internal sealed class WakeUp
{
    private readonly Channel<bool> _told = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Tell() => _told.Writer.TryWrite(true);

    /// <summary>Until told, or for so long at most.</summary>
    public async Task WaitAsync(TimeSpan longest, TimeProvider clock, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var timeout = Task.Delay(longest, clock, limit.Token);
        await Task.WhenAny(_told.Reader.WaitToReadAsync(limit.Token).AsTask(), timeout);
        _told.Reader.TryRead(out _);
        await limit.CancelAsync();
    }
}
