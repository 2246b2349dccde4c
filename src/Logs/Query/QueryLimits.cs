namespace Rialto.Logs.Query;

/// <summary>What bounds one query before it costs anything.</summary>
internal static class QueryLimits
{
    /// <summary>Longer texts are pasted by accident; a person's longest useful query is a tenth of this.</summary>
    public const int LengthMax = 4096;

    /// <summary>Parser, compiler and filter recurse over the tree: this keeps them far from the end of the stack.</summary>
    public const int DepthMax = 40;

    /// <summary>Each term costs a column read in the engine and a comparison per record in the live tail.</summary>
    public const int TermsMax = 100;

    /// <summary>Each wildcard can make matching one text quadratic.</summary>
    public const int WildcardsMax = 8;
}
