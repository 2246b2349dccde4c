using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rialto.Tidy.Tests;

public class SizeTests
{
    // Past these a file holds more than one idea and a method no longer fits a screen.
    private const int FileLinesMax = 400;
    private const int MethodLinesMax = 70;
    private const int ComponentLinesMax = 200;

    private static readonly List<string> Code = [.. Repo.Sources("src/", ".cs"), .. Repo.Sources("tests/", ".cs"), .. Repo.Sources("bench/", ".cs")];
    private static readonly List<string> Web = Repo.Sources("web/", ".ts", ".tsx").Where(file => file != "web/src/api/schema.d.ts").ToList();

    [Fact]
    public void Files_hold_one_idea()
    {
        List<string> files = [.. Code, .. Web];
        var findings = files.Select(file => (file, lines: Repo.Lines(file).Length)).Where(found => found.lines > FileLinesMax)
            .Select(found => $"{found.file}: {found.lines} lines");
        Repo.ShouldHaveNone(files, findings, $"Over {FileLinesMax} lines, split by noun:");
    }

    [Fact]
    public void Components_fit_a_page()
    {
        var components = Web.Where(file => file.EndsWith(".tsx", StringComparison.Ordinal)).ToList();
        var findings = components.Select(file => (file, lines: Repo.Lines(file).Length)).Where(found => found.lines > ComponentLinesMax)
            .Select(found => $"{found.file}: {found.lines} lines");
        Repo.ShouldHaveNone(components, findings, $"Over {ComponentLinesMax} lines:");
    }

    [Fact]
    public void Methods_fit_a_screen()
    {
        var findings =
            from file in Code
            let tree = CSharpSyntaxTree.ParseText(Repo.Read(file))
            from method in tree.GetRoot().DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
            let span = tree.GetLineSpan(method.Span)
            let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
            where lines > MethodLinesMax
            select $"{file}:{span.StartLinePosition.Line + 1}: {lines} lines";
        Repo.ShouldHaveNone(Code, findings, $"Over {MethodLinesMax} lines:");
    }
}
