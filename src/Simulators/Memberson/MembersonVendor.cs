using System.Security.Cryptography;
using System.Text.Json;
using Rialto.Simulators.Machinery;

namespace Rialto.Simulators.Memberson;

/// <summary>
/// The CRM that owns members and points: <c>/api</c>, PascalCase, points as doubles, a bare JSON string for a token. It has no hold, no
/// reversal and no idempotency key; a redemption is found again only among a member's transactions by its ReceiptNo.
/// </summary>
internal sealed partial class MembersonVendor : Vendor
{
    public const string Word = "memberson";

    /// <summary>What the simulator takes as the service account: user, password, and the opaque SvcAuth value made of them.</summary>
    public const string ServiceUser = "rialto";
    public const string ServicePassword = "simulated-service-password";

    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = null };

    private readonly Table<Member> members;
    private readonly Table<Transaction> transactions;
    private readonly Table<Reward> rewards;
    private readonly Dictionary<string, double> balances = [];
    private readonly Dictionary<string, List<Transaction>> transactionsOf = [];
    private readonly Dictionary<string, DateTimeOffset> serviceTokens = [];
    private readonly Dictionary<string, string> profileTokens = [];
    private MembersonOptions options = new();

    public MembersonVendor(Simulation simulation)
        : base(simulation, Word)
    {
        members = Table<Member>("members", TableKind.Seed, row => row.CustomerNumber);
        rewards = Table<Reward>("rewards", TableKind.Effect, row => row.RewardNo);
        transactions = Table<Transaction>("transactions", TableKind.Effect, row => row.TransactionNo);
        foreach (var row in transactions.Rows)
            Count(row);

        On("POST", "/api/user/authenticate", "token", OperationKind.Read, Authenticate);
        On("POST", "/api/profile/search-simple", "search-simple", OperationKind.Read, SearchSimple);
        On("POST", "/api/profile/search", "search", OperationKind.Read, Search);
        On("POST", "/api/profile/{customerNumber}/signin", "signin", OperationKind.Read, SignIn);
        On("GET", "/api/profile/{customerNumber}/summary", "summary", OperationKind.Read, Summary);
        On("GET", "/api/profile/{customerNumber}/memberships", "memberships", OperationKind.Read, Memberships);
        On("GET", "/api/type/conversion-rate", "conversion-rate", OperationKind.Read, ConversionRate);
        On("POST", "/api/transaction/redeem-point", "redeem-point", OperationKind.Write, RedeemPoint, request => request.JsonText("ReceiptNo"));
        On("GET", "/api/member/{memberNo}/transactions", "transactions", OperationKind.Read, Transactions);
        On("POST", "/api/rewardtype/search", "reward-types", OperationKind.Read, RewardTypes);
        On("GET", "/api/reward/{rewardNo}", "reward", OperationKind.Read, GetReward);
        On("POST", "/api/reward/redeem", "redeem-reward", OperationKind.Write, RedeemReward, request => request.JsonText("ReceiptNo"));
        On("POST", "/api/customize/get-member-discounts", "discounts", OperationKind.Read, Discounts);
    }

    public override IReadOnlyDictionary<string, string> Credentials { get; } = new Dictionary<string, string>
    {
        ["memberson/svc-auth"] = SvcAuth, ["memberson/user"] = ServiceUser, ["memberson/password"] = ServicePassword,
    };

    public override object Options => options;

    public override void Configure(JsonElement patch) => options = Merge(options, patch);

    public override void Seed()
    {
        balances.Clear();
        transactionsOf.Clear();
        foreach (var member in MembersonSeed.Members(Simulation.Options.MemberPassword, Simulation.Options.ExtraMembers))
            members.Put(member);
        foreach (var reward in MembersonSeed.Rewards())
            rewards.Put(reward);
    }

    public override Reply Refuse(int status, string message) => Reply.Json(status, new { Code = status, Message = message }, Wire);

    public override void ForgetTokens()
    {
        lock (Gate)
            serviceTokens.Clear();
    }

    public override IReadOnlyCollection<string> Tokens
    {
        get
        {
            lock (Gate)
                return [.. serviceTokens.Keys, .. profileTokens.Keys];
        }
    }

    public override Reply? Authorize(Request request)
    {
        if (request.Header("SvcAuth") != SvcAuth)
            return Refuse(401, "SvcAuth is not valid");
        if (request.Operation == "token")
            return null;
        return request.Header("Token") is { } token && serviceTokens.TryGetValue(token, out var until) && until > Now
            ? null
            : Refuse(401, "Token is not valid");
    }

    public static string SvcAuth { get; } = string.Join(',',
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(ServiceUser)), Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(ServicePassword)));

    /// <summary>Points earned or spent elsewhere, at a shop's till: what no local hold can stop.</summary>
    public override void MapControl(IEndpointRouteBuilder routes, string prefix)
    {
        routes.MapPost($"{prefix}/points", context => Control.Take(context, this, body =>
        {
            var memberNo = body.GetProperty("memberNo").GetString()!;
            var amount = body.GetProperty("amount").GetDouble();
            lock (Gate)
            {
                if (FindMembership(memberNo) is not { } membership)
                    throw new JsonException($"There is no membership {memberNo}.");
                Record(membership, amount >= 0 ? TransactionKind.Earn : TransactionKind.Redeem, Math.Abs(amount), null, null, "Shop till", "Elsewhere", Now);
                return new { memberNo, balance = Balance(membership) };
            }
        }));
        routes.MapGet($"{prefix}/balances", context =>
        {
            lock (Gate)
            {
                var all = members.Rows.SelectMany(member => member.Memberships).ToDictionary(membership => membership.MemberNo, Balance);
                return Control.Tell(context, all);
            }
        });
    }

    private Reply Answer(object? body) => Reply.Json(200, body, Wire);

    private Reply Authenticate(Request request)
    {
        if (request.JsonText("UserName") != ServiceUser || request.JsonText("Password") != ServicePassword)
            return Refuse(401, "Invalid user name or password");
        var token = Guid.CreateVersion7().ToString();
        serviceTokens[token] = Now.AddSeconds(options.TokenLifeSeconds);
        return Answer(token);
    }

    private Reply SignIn(Request request)
    {
        if (members.Find(request.Route("customerNumber")) is not { } member)
            return Refuse(404, "Profile not found");
        var given = request.JsonText("Password") ?? "";
        if (!CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(given), System.Text.Encoding.UTF8.GetBytes(member.Password)))
            return Refuse(400, "Invalid password");
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        profileTokens[token] = member.CustomerNumber;
        return Answer(new { Token = token, member.CustomerNumber });
    }

    private double Balance(Membership membership) => membership.Points + balances.GetValueOrDefault(membership.MemberNo);

    private Membership? FindMembership(string? memberNo) =>
        members.Rows.SelectMany(member => member.Memberships).FirstOrDefault(membership => membership.MemberNo == memberNo);

    private Transaction Record(
        Membership membership, TransactionKind kind, double amount, string? receipt, string? code, string? location, string? description, DateTimeOffset date)
    {
        var row = transactions.Put(new Transaction(
            $"T{transactions.Count + 1:D9}", membership.MemberNo, kind, membership.PointType, amount, receipt, code, location, description, date, Now));
        Count(row);
        return row;
    }

    private void Count(Transaction row)
    {
        balances[row.MemberNo] = balances.GetValueOrDefault(row.MemberNo) + (row.Kind == TransactionKind.Earn ? row.Amount : -row.Amount);
        if (!transactionsOf.TryGetValue(row.MemberNo, out var list))
            transactionsOf[row.MemberNo] = list = [];
        list.Add(row);
    }
}
