using Rialto.Simulators.Machinery;
using Rialto.Simulators.Mail;
using Rialto.Simulators.Memberson;
using Rialto.Simulators.Quaybook;
using Rialto.Simulators.SevenRooms;
using Rialto.Simulators.Stripe;

namespace Rialto.Simulators;

/// <summary>Every vendor there is, by the word of the command line. A new one is a folder and a line here.</summary>
internal static class VendorList
{
    public static readonly (string Name, Func<Simulation, Vendor> Make)[] All =
    [
        (MembersonVendor.Word, simulation => new MembersonVendor(simulation)),
        (SevenRoomsVendor.Word, simulation => new SevenRoomsVendor(simulation)),
        (QuaybookVendor.Word, simulation => new QuaybookVendor(simulation)),
        (StripeVendor.Word, simulation => new StripeVendor(simulation)),
        (MailVendor.Word, simulation => new MailVendor(simulation)),
    ];
}
