using System.Collections.Frozen;
using System.Text;
using ArenaBench.Simulation.Chat;
using ArenaBench.Simulation.Faults;
using ArenaBench.Simulation.Limits;
using ArenaBench.Simulation.Models;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Simulation;

/// <summary>One chat call from arrival to answer.</summary>
internal sealed class ChatHandler
{
    private readonly SimulationOptions _options;
    private readonly SimulationCounters _counters;
    private readonly FrozenDictionary<string, SimulatedModel> _models;
    private readonly LimitKeeper _limits;
    private readonly long _startedAt;
    private readonly ulong _seed;
    private FaultPlan _faults;

    public ChatHandler(SimulationOptions options, SimulationCounters counters)
    {
        _options = options;
        _counters = counters;
        _models = options.Models.ToFrozenDictionary(model => model.Name, StringComparer.Ordinal);
        _limits = new LimitKeeper(options.Limits, options.Time);
        _startedAt = options.Time.GetTimestamp();
        _seed = StableHash.Mix(0, (ulong)options.Seed);
        _faults = new FaultPlan(options.Faults, _seed, options.Time);
    }

    public void SetFaults(IReadOnlyList<FaultRule> rules) => Volatile.Write(ref _faults, new FaultPlan(rules, _seed, _options.Time));

    public async Task HandleAsync(HttpContext http)
    {
        var call = _counters.Begin(out var inFlight);
        try
        {
            await AnswerAsync(http, call, inFlight);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }
        finally
        {
            _counters.End();
        }
    }

    private async Task AnswerAsync(HttpContext http, long call, int inFlight)
    {
        if (_options.Observer is not null)
            await ObserveAsync(http);
        if (_options.ApiKey is { } key && ChatHttp.KeyOf(http.Request) != key)
        {
            await ChatHttp.SendAsync(http, ApiError.WrongKey());
            return;
        }
        var (request, error) = await ChatHttp.ReadAsync(http);
        if (request is null)
        {
            await ChatHttp.SendAsync(http, error!);
            return;
        }
        ChatHttp.Mark(http.Response, request.Key);
        if (!_models.TryGetValue(request.Model, out var model))
        {
            await ChatHttp.SendAsync(http, ApiError.NoSuchModel(request.Model, _options.Models.Select(m => m.Name)));
            return;
        }
        var counters = _counters.Of(model.Name);
        counters.Begin();
        try
        {
            await AnswerAsync(http, request, model, counters, call, inFlight);
        }
        finally
        {
            counters.End();
        }
    }

    private async Task AnswerAsync(
        HttpContext http, ChatRequest request, SimulatedModel model, ModelCounters counters, long call, int inFlight)
    {
        if (_limits.TryEnter(request, inFlight, http.Response) is { } refusal)
        {
            _counters.CountRateLimit();
            await ChatHttp.SendAsync(http, refusal);
            return;
        }
        var fault = _faults.Strike(request, call);
        if (fault is not null)
        {
            _counters.CountFault(fault.Kind);
            if (fault.Kind is FaultKind.RateLimit or FaultKind.InsufficientQuota)
                _counters.CountRateLimit();
            if (await FaultActions.ActAsync(fault, request, http, _options.Time))
                return;
        }
        if (ModelRules.Check(model, request) is { } error)
        {
            await ChatHttp.SendAsync(http, error);
            return;
        }
        // A provider charges for what it has made, whether or not somebody still waits for it.
        var made = ReplyWriter.Write(model, request, _seed);
        _counters.CountPaid(request.Key, made.PromptTokens, made.CompletionTokens);
        var latency = (model.Latency ?? _options.Latency).Draw(StableHash.Mix(_seed, request.Key));
        if (latency > TimeSpan.Zero)
            await Task.Delay(latency, _options.Time, http.RequestAborted);
        var reply = FaultActions.Spoil(fault, made);
        await FaultActions.SendAsync(fault, http, request, reply);
        if (fault?.Kind != FaultKind.CutBody)
            _counters.CountAnswer(counters, reply.PromptTokens, reply.CompletionTokens);
    }

    private async Task ObserveAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        var at = _options.Time.GetElapsedTime(_startedAt);
        _options.Observer!(new ObservedCall(http.Request.Path, ChatHttp.KeyOf(http.Request), Encoding.UTF8.GetString(buffer.ToArray()), at));
        http.Request.Body = new MemoryStream(buffer.ToArray());
    }
}
