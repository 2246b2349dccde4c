namespace Rialto.Bench.Club;

/// <summary>A line of defence: what is to be edited so that it is gone, and the test that must miss it.</summary>
/// <param name="Project">Test project.</param>
/// <param name="Test">Class and method.</param>
/// <param name="Part">Which part of the matrix is enough; null: all of the test.</param>
internal sealed record Guard(string Name, string Project, string Test, string? Part, IReadOnlyList<Guard.Edit> Edits)
{
    /// <param name="Old">Stands there exactly once.</param>
    internal sealed record Edit(string File, string Old, string New);

    /// <summary>
    /// Reads the list. A guard is <c>guard</c> with its name, <c>test</c> with project, class.method and perhaps a part of the matrix, and for each edit <c>file</c>, lines
    /// with <c>-</c> that stand there, and lines with <c>+</c> that come in their place. Lines with <c>#</c> are remarks.
    /// </summary>
    public static IReadOnlyList<Guard> Read(string path)
    {
        var guards = new List<Guard>();
        var (name, test, edits) = ("", Array.Empty<string>(), new List<Edit>());
        var (file, old, fresh) = ("", new List<string>(), new List<string>());
        foreach (var line in File.ReadLines(path).Append("guard "))
        {
            if (file.Length > 0 && (line.StartsWith("file ", StringComparison.Ordinal) || line.StartsWith("guard ", StringComparison.Ordinal)))
            {
                edits.Add(new Edit(file, string.Join('\n', old), string.Join('\n', fresh)));
                (file, old, fresh) = ("", [], []);
            }
            if (line.StartsWith("guard ", StringComparison.Ordinal))
            {
                if (name.Length > 0) guards.Add(new Guard(name, test[0], test[1], test.Length > 2 ? string.Join(' ', test[2..]) : null, edits));
                (name, test, edits) = (line[6..], [], []);
            }
            else if (line.StartsWith("test ", StringComparison.Ordinal)) test = line[5..].Split(' ');
            else if (line.StartsWith("file ", StringComparison.Ordinal)) file = line[5..];
            else if (line.StartsWith('-')) old.Add(line[1..]);
            else if (line.StartsWith('+')) fresh.Add(line[1..]);
            else if (line.Length > 0 && line[0] != '#') throw new FormatException($"{path}: \"{line}\" is neither guard, test, file, -, + nor a remark.");
        }
        return guards;
    }
}
