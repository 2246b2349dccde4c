using Rialto.Logs.Records;

namespace Rialto.Logs.Live;

/// <summary>
/// Takes every batch right after its records became durable, in the order of their sequences. Implemented by the live tail;
/// tests of the spool implement it to count.
/// </summary>
internal interface ICommittedBatches
{
    /// <summary>
    /// Called on the commit thread, between two fsyncs: return at once. The batch goes back to its pool when this returns, so whoever
    /// needs it longer calls <see cref="RecordBatch.Retain"/> here and <see cref="RecordBatch.Release"/> when done.
    /// </summary>
    void Publish(RecordBatch batch);
}
