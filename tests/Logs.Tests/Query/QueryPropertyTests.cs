using Rialto.Logs.Query;

namespace Rialto.Logs.Tests.Query;

public class QueryPropertyTests
{
    private static readonly Dictionary<string, uint> Applications = new() { ["shop"] = 1 };

    [Fact]
    public void Any_text_is_a_query_or_an_error_inside_the_text()
    {
        for (var seed = 0; seed < 20_000; seed++)
        {
            var query = new Queries(new Random(seed)).Any(40);
            if (QueryBinder.TryRead(query, Applications, out _, out var error))
                continue;
            error.Detail.ShouldNotBeNullOrWhiteSpace();
            error.At.Start.ShouldBeInRange(0, query.Length, query);
            error.At.End.ShouldBeInRange(error.At.Start, query.Length, query);
        }
    }

    [Fact]
    public void Well_formed_queries_are_understood()
    {
        for (var seed = 0; seed < 5_000; seed++)
        {
            var query = new Queries(new Random(seed)).WellFormed();
            QueryBinder.TryRead(query, Applications, out _, out var error).ShouldBeTrue($"{query}: {error?.Detail}");
        }
    }

    [Fact]
    public void A_printed_query_parses_to_the_same_tree_and_prints_the_same()
    {
        var parsed = 0;
        for (var seed = 0; seed < 20_000; seed++)
        {
            var queries = new Queries(new Random(seed));
            var query = seed % 2 == 0 ? queries.WellFormed() : queries.Any(40);
            if (!QueryParser.TryParse(query, out var node, out _))
                continue;
            parsed++;
            var printed = QueryPrinter.Print(node);
            QueryParser.TryParse(printed, out var again, out var error).ShouldBeTrue($"{query} was printed as {printed}: {error?.Detail}");
            Trees.Show(again!).ShouldBe(Trees.Show(node), query);
            QueryPrinter.Print(again!).ShouldBe(printed, query);
        }

        parsed.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public void White_space_and_and_between_conditions_change_nothing()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var queries = new Queries(new Random(seed));
            var (left, right) = (queries.WellFormed(1), queries.WellFormed(1));
            var tree = Trees.Parse($"({left}) ({right})");
            Trees.Parse($" ( {left} )\n\tAND ( {right} ) ").ShouldBe(tree);
        }
    }
}
