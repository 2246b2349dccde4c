namespace Rialto.Bench.Engine;

/// <summary>A way to the engine.</summary>
internal interface ITarget
{
    string Name { get; }

    /// <summary>Processor time of everybody who takes part.</summary>
    TimeSpan ProcessorTime { get; }

    /// <summary>Resident memory of the process that holds the engine.</summary>
    long ResidentBytes { get; }

    Task ExecuteAsync(string sql);

    /// <summary>The whole answer.</summary>
    Task<byte[]> ReadAsync(string sql);

    /// <summary>Streams an answer through a buffer and returns its length.</summary>
    Task<long> StreamAsync(string sql, string format);

    /// <param name="columns">Of the table of records.</param>
    /// <param name="batch">In the format Native.</param>
    /// <param name="token">Repeated, it stores nothing.</param>
    Task InsertAsync(string columns, byte[] batch, string token);
}
