using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rialto.Tidy.Tests;

public class ShapeTests
{
    private static readonly string[] SharedProjects = ["Platform", "Contracts"];
    private static readonly string[] Executables = ["Host", "Engine", "Simulators"];

    private static List<string> ModuleProjects() => Repo.Files
        .Where(file => Regex.IsMatch(file, "^src/[A-Za-z]+/[A-Za-z]+\\.csproj$"))
        .Where(file => !SharedProjects.Concat(Executables).Contains(Path.GetFileNameWithoutExtension(file)))
        .ToList();

    [Fact]
    public void A_module_references_platform_and_contracts_only()
    {
        var modules = ModuleProjects();
        var findings =
            from module in modules
            from reference in XDocument.Load(Path.Combine(Repo.Root, module)).Descendants("ProjectReference")
            let name = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)
            where !SharedProjects.Contains(name)
            select $"{module} -> {name}";
        Repo.ShouldHaveNone(modules, findings, "Modules exchange events through the outbox:");
    }

    [Fact]
    public void Contracts_reference_nothing_and_platform_no_module()
    {
        var shared = SharedProjects.Select(name => $"src/{name}/{name}.csproj").ToList();
        var findings =
            from project in shared
            from reference in XDocument.Load(Path.Combine(Repo.Root, project)).Descendants("ProjectReference")
            let name = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)
            where project.Contains("/Contracts/", StringComparison.Ordinal) || name != "Contracts"
            select $"{project} -> {name}";
        Repo.ShouldHaveNone(shared, findings, "The shared projects stand below the modules:");
    }

    [Fact]
    public void A_module_has_one_public_type_and_it_is_the_module()
    {
        var modules = ModuleProjects().Select(file => Path.GetFileNameWithoutExtension(file)).ToList();
        var findings =
            from module in modules
            from type in System.Reflection.Assembly.Load($"Rialto.{module}").GetExportedTypes()
            where type.Name != $"{module}Module"
            select type.FullName!;
        Repo.ShouldHaveNone(modules, findings, "Make it internal:");
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = Repo.Read("Rialto.slnx");
        var projects = Repo.Sources("", ".csproj").ToList();
        Repo.ShouldHaveNone(projects, projects.Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)), "Not in Rialto.slnx:");
    }

    [Fact]
    public void Every_module_has_a_test_project()
    {
        var modules = ModuleProjects().Select(file => Path.GetFileNameWithoutExtension(file)).ToList();
        var findings = modules.Where(module => !Repo.Files.Contains($"tests/{module}.Tests/{module}.Tests.csproj"));
        Repo.ShouldHaveNone(modules, findings, "A module without tests:");
    }

    [Fact]
    public void Program_stays_short() =>
        Repo.Lines("src/Host/Program.cs").Length.ShouldBeLessThan(60, "Program.cs says what starts in which order, nothing else");
}
