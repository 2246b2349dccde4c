using Rialto.Fixtures;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
