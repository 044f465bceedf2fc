using ArenaBench.Cli.Commands;

return await ArenaCommand.RunAsync(args);
