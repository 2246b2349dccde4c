namespace Rialto.Platform.Postgres;

/// <summary>Whether this node hears what the database notifies, or only believes so.</summary>
internal interface IHearing
{
    /// <summary>Everything that was committed and notified before this timestamp of the clock has been heard here; null before the first echo.</summary>
    long? HeardUpTo { get; }

    /// <summary>
    /// Sends this node a notification of its own. PostgreSQL delivers in the order of commits, so when it is back, nothing before it is on its way
    /// any more, and <see cref="HeardUpTo"/> moves. Returns at once; one at a time.
    /// </summary>
    void Echo();
}
