using Dapper;
using Npgsql;

namespace Rialto.Forecast.Loads;

/// <summary>Where pieces of an uploaded file lie: the table and the column that says whose they are. Constants, never text of a request.</summary>
internal sealed record PieceTable(string Table, string Owner)
{
    public static readonly PieceTable OfLoad = new("forecast.load_piece", "load");
    public static readonly PieceTable OfTest = new("forecast.test_piece", "test");
}

/// <summary>Takes a file of any size into PostgreSQL, a piece at a time: memory stays the size of a piece.</summary>
internal sealed class PieceSink(NpgsqlDataSource postgres, PieceTable table, Guid owner) : Stream
{
    private const int PieceBytes = 1 << 20;

    private readonly byte[] _piece = new byte[PieceBytes];
    private int _held, _number;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            int taken = Math.Min(buffer.Length, PieceBytes - _held);
            buffer[..taken].CopyTo(_piece.AsMemory(_held));
            _held += taken;
            buffer = buffer[taken..];
            if (_held == PieceBytes)
                await StoreAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Stores what is held. Call it once, at the end.</summary>
    public async Task EndAsync(CancellationToken stop)
    {
        if (_held > 0)
            await StoreAsync(stop);
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronously.");

    public static async Task ForgetAsync(NpgsqlDataSource postgres, PieceTable table, Guid owner)
    {
        await using var connection = await postgres.OpenConnectionAsync();
        await connection.ExecuteAsync($"DELETE FROM {table.Table} WHERE {table.Owner} = @owner", new { owner });
    }

    private async Task StoreAsync(CancellationToken stop)
    {
        await using var command = postgres.CreateCommand($"INSERT INTO {table.Table} ({table.Owner}, number, body) VALUES ($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter { Value = owner });
        command.Parameters.Add(new NpgsqlParameter { Value = _number++ });
        command.Parameters.Add(new NpgsqlParameter { Value = new ReadOnlyMemory<byte>(_piece, 0, _held) });
        await command.ExecuteNonQueryAsync(stop);
        _held = 0;
    }
}

/// <summary>Reads an uploaded file back, a piece at a time.</summary>
internal sealed class PieceSource(NpgsqlDataSource postgres, PieceTable table, Guid owner) : Stream
{
    private byte[] _piece = [];
    private int _at, _number;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_at == _piece.Length && !await NextAsync(cancellationToken))
            return 0;
        int taken = Math.Min(buffer.Length, _piece.Length - _at);
        _piece.AsSpan(_at, taken).CopyTo(buffer.Span);
        _at += taken;
        return taken;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() => throw new NotSupportedException();
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronously.");
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private async Task<bool> NextAsync(CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        byte[]? piece = await connection.QuerySingleOrDefaultAsync<byte[]>(new CommandDefinition(
            $"SELECT body FROM {table.Table} WHERE {table.Owner} = @owner AND number = @number", new { owner, number = _number }, cancellationToken: stop));
        if (piece is null)
            return false;
        (_piece, _at) = (piece, 0);
        _number++;
        return true;
    }
}
