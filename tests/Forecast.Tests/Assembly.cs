using Rialto.Fixtures;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
[assembly: AssemblyFixture(typeof(ClickHouseFixture))]
