namespace Rialto.Logs.Ingest;

/// <summary>Whose records they are: decided by the key (or the address) of the sender, never by what he sends.</summary>
internal sealed record RecordSource(uint Tenant, uint Application, string ApplicationName, ushort RetentionDays);
