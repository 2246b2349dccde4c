using System.Globalization;

namespace Rialto.Simulators.Machinery;

/// <param name="Ports">Vendor's name to its port; 0 is a free one. A vendor that is not named does not run.</param>
/// <param name="ControlPort">Port of the control routes of all vendors; null is none.</param>
/// <param name="StateFile">Where the vendors' truth is kept; null is memory.</param>
/// <param name="MemberPassword">Password of every seeded member.</param>
internal sealed record SimulationOptions(
    IReadOnlyDictionary<string, int> Ports,
    int? ControlPort = null,
    string? StateFile = null,
    string Bind = "127.0.0.1",
    bool ExitWithParent = false,
    string MemberPassword = "orchid-lantern-7",
    int ExtraMembers = 0)
{
    public static SimulationOptions AllOnFreePorts => new(VendorList.All.ToDictionary(vendor => vendor.Name, _ => 0), ControlPort: 0);

    public const string Usage =
        """
        rialto-simulators [--<vendor> PORT]... [--control PORT] [--state FILE] [--bind ADDRESS] [--members N] [--member-password TEXT] [--exit-with-parent]
          Vendors: memberson, sevenrooms, quaybook, stripe, mail. Port 0 takes a free one. Without any, all run on free ports.
          The addresses are told as one line of JSON on stdout.
        """;

    /// <summary>Reads the command line; a sentence about what is wrong instead of options when it cannot.</summary>
    public static (SimulationOptions? Options, string? Error) Parse(string[] arguments)
    {
        var options = new SimulationOptions(new Dictionary<string, int>());
        var ports = new Dictionary<string, int>();
        for (var at = 0; at < arguments.Length; at++)
        {
            var name = arguments[at];
            if (name == "--exit-with-parent")
            {
                options = options with { ExitWithParent = true };
                continue;
            }
            if (!name.StartsWith("--", StringComparison.Ordinal) || at + 1 == arguments.Length)
                return (null, $"'{name}' is no option, or its value is missing.");
            var value = arguments[++at];
            switch (name)
            {
                case "--state":
                    options = options with { StateFile = value };
                    break;
                case "--bind":
                    options = options with { Bind = value };
                    break;
                case "--member-password":
                    options = options with { MemberPassword = value };
                    break;
                default:
                    if (!int.TryParse(value, CultureInfo.InvariantCulture, out var number) || number is < 0 or > 65535)
                        return (null, $"{name} needs a number, not '{value}'.");
                    if (name == "--control")
                        options = options with { ControlPort = number };
                    else if (name == "--members")
                        options = options with { ExtraMembers = number };
                    else if (VendorList.All.Any(vendor => "--" + vendor.Name == name))
                        ports[name[2..]] = number;
                    else
                        return (null, $"There is no option {name}.");
                    break;
            }
        }
        return ports.Count == 0
            ? (options with { Ports = AllOnFreePorts.Ports, ControlPort = options.ControlPort ?? 0 }, null)
            : (options with { Ports = ports }, null);
    }
}
