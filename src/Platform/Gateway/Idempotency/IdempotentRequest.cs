using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Rialto.Platform.Gateway.Idempotency;

/// <summary>
/// A request under an idempotency key, as its handler sees it (<c>context.Features.Get&lt;IdempotentRequest&gt;()</c>). A handler that completes it inside the
/// transaction of its effect has both or neither, also when the process dies; for other handlers the answer is stored right after they return.
/// </summary>
public sealed class IdempotentRequest
{
    private readonly IdempotencyKeys _keys;

    internal IdempotentRequest(IdempotencyKeys keys, string caller, string key, Guid token) => (_keys, Caller, Key, Token) = (keys, caller, key, token);

    /// <summary>As the caller sent it.</summary>
    public string Key { get; }

    internal string Caller { get; }

    internal Guid Token { get; }

    internal bool IsCompleted { get; private set; }

    /// <summary>Stores the answer on the connection's open transaction. The same answer must then be returned.</summary>
    /// <exception cref="IdempotencyLostException">The handler took so long that another request took over: roll back.</exception>
    public async Task CompleteAsync(NpgsqlConnection connection, int status, string contentType, byte[] body, CancellationToken stop = default)
    {
        Debug.Assert(status < StatusCodes.Status500InternalServerError, "a failure is not a result");
        await _keys.StoreAsync(connection, this, status, contentType, body, stop);
        IsCompleted = true;
    }
}

/// <summary>Another request with the same key has taken over because this one seemed dead; its effect must not be committed.</summary>
public sealed class IdempotencyLostException() : Exception("Another request with the same idempotency key took over.");
