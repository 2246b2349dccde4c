using System.Diagnostics;
using System.Net.Sockets;

namespace Rialto.Bench.Load.Target;

/// <summary>
/// Sends at a fixed rate over several connections from one thread that waits for all of them at once: a generator that takes as little of the shared cores as
/// nginx does. A request that was due while its connection still waited for the answer before it counts from when it was due; else from when it was sent,
/// because what passes between the two is then the generator's sleep.
/// </summary>
internal sealed class PacedLoop(Uri target, byte[][] requests, int connections, double rate)
{
    private sealed class Connection : IDisposable
    {
        public required Socket Socket { get; init; }

        public required long DueAt { get; set; }

        public long BeganAt { get; set; }

        public bool IsWaiting { get; set; }

        public bool WasLate { get; set; }

        public int Filled { get; set; }

        public byte[] Buffer { get; } = new byte[8192];

        public void Dispose() => Socket.Dispose();
    }

    /// <summary>Latencies in milliseconds, lowest first.</summary>
    public double[] Run(TimeSpan time)
    {
        var step = (long)(Stopwatch.Frequency / rate * connections);
        var start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 10);
        var all = Enumerable.Range(0, connections).Select(number => Connect(start + (step * number / connections))).ToArray();
        var bySocket = all.ToDictionary(connection => connection.Socket);
        var end = start + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var latencies = new List<double>((int)(rate * time.TotalSeconds) + connections);
        var ready = new List<Socket>(connections);
        var next = 0;
        using var nothing = new ManualResetEvent(false);
        try
        {
            for (var now = Stopwatch.GetTimestamp(); now < end; now = Stopwatch.GetTimestamp())
            {
                SendDue(all, now, step, ref next);
                ready.Clear();
                foreach (var connection in all)
                {
                    if (connection.IsWaiting)
                        ready.Add(connection.Socket);
                }

                if (ready.Count == 0)
                {
                    nothing.WaitOne(1);
                    continue;
                }

                Socket.Select(ready, null, null, TimeSpan.FromMilliseconds(1));
                foreach (var socket in ready)
                    Receive(bySocket[socket], latencies);
            }
        }
        finally
        {
            foreach (var connection in all)
                connection.Dispose();
        }

        latencies.Sort();
        return [.. latencies];
    }

    private Connection Connect(long dueAt)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(target.Host == "localhost" ? "127.0.0.1" : target.Host, target.Port);
        return new Connection { Socket = socket, DueAt = dueAt };
    }

    private void SendDue(Connection[] all, long now, long step, ref int next)
    {
        foreach (var connection in all)
        {
            if (connection.DueAt > now)
                continue;
            if (connection.IsWaiting)
            {
                connection.WasLate = true;
                continue;
            }

            connection.BeganAt = connection.WasLate ? connection.DueAt : Stopwatch.GetTimestamp();
            connection.WasLate = false;
            connection.DueAt += step;
            connection.IsWaiting = true;
            connection.Filled = 0;
            connection.Socket.Send(requests[next++ % requests.Length]);
        }
    }

    private static void Receive(Connection connection, List<double> latencies)
    {
        var read = connection.Socket.Receive(connection.Buffer.AsSpan(connection.Filled));
        if (read == 0)
            throw new IOException("The connection was closed.");
        connection.Filled += read;
        var answer = connection.Buffer.AsSpan(0, connection.Filled);
        if (!Answer.IsWhole(answer))
            return;
        if (Answer.StatusOf(answer) != 200)
            throw new IOException($"The answer was {Answer.StatusOf(answer)}.");
        connection.IsWaiting = false;
        latencies.Add(Stopwatch.GetElapsedTime(connection.BeganAt).TotalMilliseconds);
    }
}
