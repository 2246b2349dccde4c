using System.Net;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Logs.Applications;
using Rialto.Platform;

namespace Rialto.Logs.Syslog;

/// <summary>
/// Whose records come from an address. Syslog has no key, so an address that nobody entered in <c>logs.syslog_source</c> is refused;
/// in demo mode it is the demo application's.
/// </summary>
internal sealed partial class SyslogSources(NpgsqlDataSource postgres, KnownApplications applications, Settings settings, TimeProvider clock, ILogger<SyslogSources> log)
    : BackgroundService
{
    private volatile Rule[] _rules = [];

    /// <summary>The application, or null when the sender is not known.</summary>
    public KnownApplication? Find(IPAddress sender)
    {
        if (sender.IsIPv4MappedToIPv6)
            sender = sender.MapToIPv4();
        foreach (var rule in _rules)
        {
            if (rule.Network.Contains(sender))
                return applications.Of(rule.Organization, rule.Application, rule.Name);
        }

        return null;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(KnownApplications.Interval, clock);
        var isLost = false;
        do
        {
            try
            {
                await ReadAsync(stoppingToken);
                isLost = false;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (!isLost)
                    LogLost(exception.Message);
                isLost = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
        while (await NextAsync(timer, stoppingToken));
    }

    internal async Task ReadAsync(CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var rows = await connection.QueryAsync<Row>(
            """
            SELECT s.network::text AS network, a.number AS application, a.name, o.number AS organization
              FROM logs.syslog_source s
              JOIN identity.application a ON a.number = s.application
              JOIN identity.organization o ON o.id = a.organization_id
             ORDER BY masklen(s.network) DESC
            """);
        var rules = rows.Select(row => new Rule(IPNetwork.Parse(row.Network), (uint)row.Organization, (uint)row.Application, row.Name)).ToList();
        if (settings.Demo && await DemoApplication.FindAsync(connection) is { } demo)
        {
            rules.Add(new Rule(IPNetwork.Parse("0.0.0.0/0"), demo.Organization, demo.Number, demo.Name));
            rules.Add(new Rule(IPNetwork.Parse("::/0"), demo.Organization, demo.Number, demo.Name));
        }

        _rules = [.. rules];
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private sealed record Rule(IPNetwork Network, uint Organization, uint Application, string Name);

    private sealed class Row
    {
        public required string Network { get; init; }

        public required int Application { get; init; }

        public required string Name { get; init; }

        public required int Organization { get; init; }
    }

    [LoggerMessage(LogLevel.Warning, "Sources of syslog cannot be read, the last known ones hold: {Reason}")]
    private partial void LogLost(string reason);
}
