using Rialto.Fixtures;

[assembly: AssemblyFixture(typeof(ClickHouseFixture))]
