using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Polly.CircuitBreaker;
using Rialto.Fixtures;
using Rialto.Platform.Connectors;
using Rialto.Simulators.Machinery;
using Vendor = Rialto.Simulators.Machinery.Vendor;

namespace Rialto.Club.Tests.Conformance;

/// <summary>
/// What a connector must do before a saga may use it, played against its simulator and judged by what the vendor has really done. A new connector derives from this,
/// says what its operations are and has passed when all of it is green.
/// </summary>
public abstract class ConnectorConformance(ConformanceWorld conformance) : IAsyncLifetime
{
    /// <summary>Longer than a healthy call needs on a busy machine, and what a call that hangs is given.</summary>
    private const int Patient = 20_000;
    private const int Impatient = 1_000;

    public static TheoryData<string> WriteFaults =>
    [
        "timeout-before-effect", "timeout-after-effect", "drop-before-effect", "drop-after-effect", "reset-before-effect", "reset-after-effect", "500-before", "500-after",
        "malformed-json", "truncated-body", "wrong-content-type", "slow-drip", "429", "ok-http-bad-status", "token-expired",
    ];

    public static TheoryData<string> ReadFaults =>
        ["timeout-before-effect", "drop-before-effect", "reset-before-effect", "500-before", "malformed-json", "wrong-content-type", "slow-drip", "429", "token-expired"];

    private protected abstract string Name { get; }

    private protected abstract IReadOnlyList<KitOperation> Operations { get; }

    /// <summary>Everything the connector can do, so that no operation is left unclassified.</summary>
    private protected abstract IEnumerable<string> Members { get; }

    private protected World World => conformance.World;

    private Vendor Truth => World.Vendor(Name);

    private Connector Connector => World.Services.GetRequiredService<ConnectorSet>()[Name];

    private IEnumerable<KitWrite> Writes => Operations.OfType<KitWrite>();

    public async ValueTask InitializeAsync()
    {
        await World.HealAsync();
        // Whatever breaker the test before has opened lets a probe through, and then everything.
        await World.Time.AdvanceAsync(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(async () => (await Connector.CallAsync(Connector.Probe, CancellationToken.None)).IsOk && Connector.Breaker == CircuitState.Closed, $"{Name} is well");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await World.HealAsync();
    }

    [Fact]
    public async Task Every_operation_is_classified_as_a_read_or_a_write_that_can_be_made_certain()
    {
        Operations.Select(operation => operation.Member).Order().ShouldBe(Members.Order(), "what the kit plays, and what the connector can do");
        foreach (var operation in Operations)
        {
            var one = await PrepareAsync(operation);
            var (answer, call) = await PlayAsync(operation, one);
            Truth.Operations.Single(known => known.Name == call.Operation).Kind.ShouldBe(operation is KitWrite ? OperationKind.Write : OperationKind.Read, $"{operation} at the vendor");
            (await LastRecordedAsync()).Kind.ShouldBe(operation is KitWrite ? "write" : "read", $"{operation} as it is recorded");
            (await IsGoodAsync(operation, one, answer)).ShouldBeTrue($"{operation}: {answer.Answer.Detail}");
        }
        foreach (var write in Writes)
        {
            (write.Look is not null || write.HasNativeKey).ShouldBeTrue($"{write} can neither be looked for nor told apart by a key: it may not be used in a saga");
            if (write.Look is not null) Operations.OfType<KitRead>().Select(read => read.Member).ShouldContain(write.LooksBy, $"{write} is found by a read");
        }
    }

    [Theory]
    [MemberData(nameof(WriteFaults))]
    public async Task A_write_ends_certain_and_happens_once_whatever_goes_wrong(string fault)
    {
        foreach (var write in Writes)
        {
            var one = await PrepareAsync(write);
            await ArmAsync(write, fault);
            var before = CallsOf(write).Count;
            var answer = await write.Call(one);
            await Eventually.TrueAsync(() => CallsOf(write).Count > before, $"{write} has reached the vendor");
            await DisarmAsync();

            CallsOf(write).Count.ShouldBe(fault == "token-expired" ? before + 2 : before + 1, $"{write} is sent once, unless the vendor has not looked at it");
            var good = await IsGoodAsync(write, one, answer);
            ShouldBeKnownAsFarAsItCanBe(write, fault, answer, good);
            if (!good && answer.Answer.Outcome != Outcome.Refused) await MakeCertainAsync(write, one, answer);
            if (answer.Answer.Outcome == Outcome.Refused) write.Effects(one).ShouldBe(0, $"{write} was refused");
            else if (write.HarmlessTwice is null) write.Effects(one).ShouldBe(1, $"{write} after {fault}");
            else write.Effects(one).ShouldBeInRange(1, 2, $"{write} after {fault}: {write.HarmlessTwice}");
        }
    }

    [Fact]
    public async Task A_closed_port_is_known_to_have_had_no_effect()
    {
        foreach (var operation in Operations)
        {
            var one = await PrepareAsync(operation);
            await World.BreakAsync(Name, new Fault(Kind: FaultKind.Refuse));
            var answer = (await operation.Call(one)).Answer;
            await World.HealAsync();
            answer.Outcome.ShouldBe(Outcome.NotSent, $"{operation}: {answer.Detail}");
            if (operation is KitWrite write) write.Effects(one).ShouldBe(0, $"{operation}");
            await InitializeAsync();
            (await IsGoodAsync(operation, one, await operation.Call(one))).ShouldBeTrue($"{operation} when the port is open again");
        }
    }

    [Theory]
    [MemberData(nameof(ReadFaults))]
    public async Task A_read_that_fails_says_so_and_works_again(string fault)
    {
        foreach (var read in Operations.OfType<KitRead>())
        {
            var one = await PrepareAsync(read);
            await ArmAsync(read, fault);
            var answer = await read.Call(one);
            await DisarmAsync();
            // A read without a body is sent again by the framework itself when a warm connection was closed.
            if (fault != "drop-before-effect") answer.IsGood.ShouldBe(fault == "token-expired", $"{read}: {answer.Answer.Outcome} {answer.Answer.Detail}");
            (await read.Call(one)).IsGood.ShouldBeTrue($"{read} after {fault}");
        }
    }

    [Fact]
    public async Task A_slow_answer_within_its_time_is_an_answer()
    {
        foreach (var operation in Operations)
        {
            var one = await PrepareAsync(operation);
            Truth.Faults.Replace([new Fault(Kind: FaultKind.Latency, Milliseconds: 200)], null);
            (await IsGoodAsync(operation, one, await operation.Call(one))).ShouldBeTrue($"{operation}");
            Truth.Faults.Replace([], null);
        }
    }

    [Fact]
    public async Task The_vendor_sees_the_key_of_each_write_and_a_repetition_has_no_second_effect()
    {
        foreach (var write in Writes)
        {
            var one = await PrepareAsync(write);
            var (answer, call) = await PlayAsync(write, one);
            call.Key.ShouldBe(write.KeySeen(one), $"{write}");
            (await LastRecordedAsync()).Key.ShouldNotBeNull($"{write} is recorded with its key");
            (await IsGoodAsync(write, one, answer)).ShouldBeTrue($"{write}: {answer.Answer.Detail}");
            // Who has no key of the vendor's own asks before he sends again.
            if (write.HasNativeKey) (await write.Call(one)).IsGood.ShouldBeTrue($"{write} again");
            else (await write.Look!(one)).ShouldBe(true, $"{write} is found");
            write.Effects(one).ShouldBe(1, $"{write}");
        }
    }

    [Fact]
    public async Task Nothing_that_is_secret_is_told_in_a_log_a_record_or_an_answer()
    {
        var told = new List<string>();
        foreach (var kind in new[] { FaultKind.Latency, FaultKind.StatusBefore, FaultKind.MalformedJson, FaultKind.TokenExpired, FaultKind.OkHttpBadStatus })
        {
            foreach (var operation in Operations)
            {
                var one = await PrepareAsync(operation);
                Truth.Faults.Replace([new Fault(Kind: kind, Times: 1, Milliseconds: 1)], null);
                told.Add((await operation.Call(one)).Answer.Detail);
                Truth.Faults.Replace([], null);
            }
            await InitializeAsync();
        }
        await using var connection = await World.Database.DataSource.OpenConnectionAsync();
        told.AddRange(await connection.QueryAsync<string>("SELECT c::text FROM connectors.external_call c"));
        told.AddRange(World.Log);
        var secrets = World.Outside.Credentials.Where(pair => pair.Key.StartsWith(Name, StringComparison.Ordinal) && !pair.Key.EndsWith("user", StringComparison.Ordinal) && !pair.Key.EndsWith("client-id", StringComparison.Ordinal));
        foreach (var (name, secret) in secrets) told.ShouldNotContain(line => line.Contains(secret, StringComparison.Ordinal), name);
        foreach (var token in Truth.Tokens) told.ShouldNotContain(line => line.Contains(token, StringComparison.Ordinal), "a token");
    }

    [Fact]
    public async Task The_breaker_opens_lets_nothing_through_and_closes_after_a_good_answer()
    {
        Truth.Faults.Replace([new Fault(Kind: FaultKind.StatusBefore)], null);
        for (var number = 0; number < 200 && Connector.Breaker != CircuitState.Open; number++) await Connector.CallAsync(Connector.Probe, CancellationToken.None);
        Connector.Breaker.ShouldBe(CircuitState.Open);
        var reached = Truth.Calls.All.Count;
        var answer = await Connector.CallAsync(Connector.Probe, CancellationToken.None);
        answer.Outcome.ShouldBe(Outcome.NotSent);
        answer.RetryAfter.ShouldNotBeNull();
        Truth.Calls.All.Count.ShouldBe(reached, "an open breaker lets nothing through");
        Truth.Faults.Replace([], null);
        await World.Time.AdvanceAsync(TimeSpan.FromSeconds(Connector.Settings.BreakerOpenSeconds + 1));
        (await Connector.CallAsync(Connector.Probe, CancellationToken.None)).IsOk.ShouldBeTrue();
        Connector.Breaker.ShouldBe(CircuitState.Closed);
    }

    /// <summary>What a saga does after an outcome that is not known: looks, and sends again only what is not there.</summary>
    private static async Task MakeCertainAsync(KitWrite write, KitCase one, KitAnswer answer)
    {
        if (answer.Answer.Outcome != Outcome.NotSent && write.Look is not null)
        {
            var found = await write.Look(one);
            found.ShouldBe(write.Effects(one) == 1, $"{write}: the look-up tells what the vendor has really done");
            if (found == true) return;
        }
        one.Attempt++;
        var again = await write.Call(one);
        (await IsGoodAsync(write, one, again)).ShouldBeTrue($"{write} again: {again.Answer.Detail}");
    }

    private static async Task<bool> IsGoodAsync(KitOperation operation, KitCase one, KitAnswer answer) =>
        operation is KitWrite { AnswerProvesNothing: true } write ? answer.Answer.IsOk && await write.Look!(one) == true : answer.IsGood;

    private static void ShouldBeKnownAsFarAsItCanBe(KitWrite write, string fault, KitAnswer answer, bool good)
    {
        switch (fault)
        {
            case "token-expired":
                good.ShouldBeTrue($"{write}: {answer.Answer.Detail}");
                break;
            case "429":
                answer.Answer.Outcome.ShouldBe(Outcome.NotSent, $"{write}: turned away unread");
                break;
            case "ok-http-bad-status":
                good.ShouldBeFalse($"{write}: a status 200 around a refusal is no success");
                break;
            default:
                answer.Answer.Outcome.ShouldBe(Outcome.Unknown, $"{write} after {fault}");
                break;
        }
    }

    private async Task<KitCase> PrepareAsync(KitOperation operation)
    {
        var one = new KitCase(World);
        if (operation.Before is { } before) await before(one);
        return one;
    }

    private async Task<(KitAnswer Answer, Call Call)> PlayAsync(KitOperation operation, KitCase one)
    {
        var before = Truth.Calls.All.Count;
        var answer = await operation.Call(one);
        return (answer, Truth.Calls.All.Skip(before).Where(call => call.Operation is not ("auth" or "token")).ShouldHaveSingleItem());
    }

    /// <summary>The simulator's operation is known by playing it once.</summary>
    private List<Call> CallsOf(KitOperation operation)
    {
        var name = conformance.OperationAtVendor(Name, operation.Member);
        return [.. Truth.Calls.All.Where(call => call.Operation == name)];
    }

    private async Task ArmAsync(KitOperation operation, string fault)
    {
        if (conformance.OperationAtVendor(Name, operation.Member) is null)
        {
            var (_, call) = await PlayAsync(operation, await PrepareAsync(operation));
            conformance.Remember(Name, operation.Member, call.Operation);
        }
        if (fault is "timeout-before-effect" or "timeout-after-effect" or "slow-drip") await PatienceAsync(Impatient);
        var named = JsonSerializer.SerializeToElement(new { op = conformance.OperationAtVendor(Name, operation.Member), kind = fault, times = 1 });
        Truth.Faults.Replace(FaultWords.Read(named).Faults, null);
    }

    private async Task DisarmAsync()
    {
        Truth.Faults.Replace([], null);
        if (Connector.Settings.TimeoutMs != Patient) await PatienceAsync(Patient);
    }

    /// <summary>Changes how long a call may take; afterwards there is a warm connection with a token.</summary>
    private async Task PatienceAsync(int milliseconds)
    {
        await World.ConfigureAsync("connectors/" + Name, settings => settings["timeoutMs"] = milliseconds);
        await Eventually.TrueAsync(
            async () => Connector.Settings.TimeoutMs == milliseconds && (await Connector.CallAsync(Connector.Probe, CancellationToken.None)).IsOk, $"{Name} answers within {milliseconds} ms");
    }

    private async Task<(string Kind, string? Key)> LastRecordedAsync()
    {
        var calls = World.Services.GetRequiredService<ExternalCalls>();
        await Eventually.TrueAsync(() => calls.IsWritten, "every call is recorded");
        await using var connection = await World.Database.DataSource.OpenConnectionAsync();
        return await connection.QueryFirstAsync<(string, string?)>("SELECT kind, external_key FROM connectors.external_call WHERE connector = @Name ORDER BY id DESC LIMIT 1", new { Name });
    }
}
