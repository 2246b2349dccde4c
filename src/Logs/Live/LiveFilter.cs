using Rialto.Logs.Query;
using Rialto.Logs.Records;

namespace Rialto.Logs.Live;

/// <summary>
/// A condition compiled for rows of a <see cref="RecordBatch"/>: the live tail's twin of <see cref="ConditionSql"/>, held to the same answers
/// by a property test. It keeps what it looked up in the current batch, so it belongs to one thread; matching allocates nothing.
/// </summary>
internal sealed class LiveFilter
{
    private readonly RowTest _test;

    public LiveFilter(Condition condition) => _test = RowTests.Compile(condition);

    /// <summary>Call once a batch, before <see cref="Matches"/>; false when no row of it can match.</summary>
    public bool Begin(RecordBatch batch)
    {
        _test.Begin(batch);
        return _test.Constant != false;
    }

    public bool Matches(RecordBatch batch, int row) => _test.Matches(batch, row);
}

/// <summary>One condition over rows.</summary>
internal abstract class RowTest
{
    /// <summary>About how many nanoseconds a row takes: cheap tests go first.</summary>
    public abstract int Cost { get; }

    /// <summary>The answer for every row of the current batch, where it is known beforehand.</summary>
    public bool? Constant { get; protected set; }

    public virtual void Begin(RecordBatch batch)
    {
    }

    public abstract bool Matches(RecordBatch batch, int row);
}
