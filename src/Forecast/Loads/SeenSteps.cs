using System.Runtime.InteropServices;

namespace Rialto.Forecast.Loads;

/// <summary>Which steps of which series a load has met: a bit each, so that a year of hours costs a kilobyte.</summary>
internal sealed class SeenSteps
{
    /// <summary>Every step is a whole number of these.</summary>
    private const uint Unit = 3600;

    private readonly Dictionary<(int Series, uint Block), ulong> _blocks = [];

    /// <summary>False when it was there already.</summary>
    public bool Add(int series, uint at)
    {
        uint step = at / Unit;
        ref ulong block = ref CollectionsMarshal.GetValueRefOrAddDefault(_blocks, (series, step / 64), out _);
        ulong bit = 1UL << (int)(step % 64);
        bool fresh = (block & bit) == 0;
        block |= bit;
        return fresh;
    }
}
