namespace Rialto.Logs.Query;

/// <summary>A piece of the query's text, in UTF-16 units as the browser counts them.</summary>
internal readonly record struct SourceSpan(int Start, int Length)
{
    public int End => Start + Length;

    public static SourceSpan Between(int start, int end) => new(start, end - start);

    public SourceSpan To(SourceSpan last) => Between(Start, last.End);
}
