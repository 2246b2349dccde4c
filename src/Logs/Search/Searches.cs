using Rialto.Logs.Query;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Logs.Search;

/// <summary>A request's filter, understood; or the problem with it.</summary>
internal readonly record struct Understood(RecordFilter Filter, SearchRange Range, ApplicationNames Applications, Problem? Problem)
{
    public static Understood Not(Problem problem) => new(null!, default, null!, problem);
}

/// <summary>Understands the parameters that most addresses share.</summary>
internal sealed class Searches(ApplicationDirectory applications, TimeProvider clock)
{
    public ValueTask<ApplicationNames> NamesAsync(Caller caller, CancellationToken cancel) => applications.OfAsync(caller.Organization, cancel);

    public async ValueTask<Understood> UnderstandAsync(FilterParameters parameters, Caller caller, CancellationToken cancel)
    {
        if (!SearchRange.TryRead(parameters.From, parameters.To, clock, out var range, out var problem))
            return Understood.Not(problem!);
        var names = await applications.OfAsync(caller.Organization, cancel);
        return QueryBinder.TryRead(parameters.Query ?? "", names.Numbers, out var condition, out var error)
            ? new(new RecordFilter(SearchScope.Of(caller), condition), range, names, null)
            : Understood.Not(SearchErrors.Syntax(error));
    }
}
