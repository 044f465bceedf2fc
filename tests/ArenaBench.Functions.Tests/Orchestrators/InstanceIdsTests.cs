using ArenaBench.Functions.Orchestrators;

namespace ArenaBench.Functions.Tests.Orchestrators;

public sealed class InstanceIdsTests
{
    [Theory]
    [InlineData(1, 3, 12, 1, "r:m03:s012")]
    [InlineData(1, 3, 12, 2, "r:m03:s012:p2")]
    [InlineData(2, 103, 1012, 10, "r:a2:m103:s1012:p10")]
    public void Ids_are_read_as_they_were_written(int attempt, int model, int shard, int pass, string id)
    {
        var input = new ShardInput("r", attempt, model, shard, Stops.None, pass);
        var parent = new ModelInput("r", attempt, model, Shards: 2000, Window: 4, pass);

        Assert.Equal(id, InstanceIds.Shard(input));
        Assert.Equal((model, shard, pass), InstanceIds.Parse(RestOf(InstanceIds.Shard(input))));
        Assert.Equal((model, null, pass), InstanceIds.Parse(RestOf(InstanceIds.Model(parent))));
        Assert.Equal("r", InstanceIds.RunOf(id));

        string RestOf(string written) => written[InstanceIds.Models("r", attempt).Length..];
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("03:s")]
    [InlineData(":s012")]
    [InlineData("03:s1:s2")]
    [InlineData("03:p")]
    [InlineData("03:s1:p-2")]
    [InlineData("03 ")]
    public void What_is_no_id_of_a_model_or_shard_is_not_taken_for_one(string rest) => Assert.Null(InstanceIds.Parse(rest));
}
