using ArenaBench.Testing;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]
