namespace Rialto.Fixtures;

/// <summary>The checkout that the tests run from.</summary>
public static class Checkout
{
    public static readonly string Root = FindRoot();

    /// <summary>Build output of a project, of the configuration that these tests are built in.</summary>
    public static string Artifact(string project) =>
        Path.Combine(Root, "artifacts", "bin", project, Path.GetFileName(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Rialto.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("No Rialto.slnx above " + AppContext.BaseDirectory);
    }
}
