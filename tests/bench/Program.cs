using ArenaBench.Bench;

return await BenchCommandLine.Build().Parse(args).InvokeAsync();
