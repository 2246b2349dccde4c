using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rialto.Club.Bookings;
using Rialto.Club.Desk;
using Rialto.Club.Experiences;
using Rialto.Club.Items;
using Rialto.Club.Members;
using Rialto.Club.Pictures;
using Rialto.Club.Vendors;
using Rialto.Club.Webhooks;
using Rialto.Platform.Configuration;
using Rialto.Platform.Connectors;
using Rialto.Platform.Connectors.Manifests;
using Rialto.Platform.Connectors.Stripe;
using Rialto.Platform.Identity.PersonalData;
using Rialto.Platform.Jobs;
using Rialto.Platform.Mail;
using Rialto.Platform.Sagas;

namespace Rialto.Club;

/// <summary>The members' club: experiences, redemptions, and bookings that survive their vendors.</summary>
public sealed class ClubModule : Platform.Module
{
    public override string Name => "club";

    public override void AddServices(IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddConfigured(Rules.Document, new Rules(), rules => rules.Problems());

        services.AddConnector(new MembersonVendor());
        services.AddConnector(new StripeVendor());
        foreach (var manifest in Manifests()) services.AddConnector(new ManifestVendor(manifest));
        services.AddSingleton(new SimulatorWebhook(StripeVendor.Word, "/api/club/webhooks/stripe", "stripe/webhook"));
        services.AddSingleton(new SimulatorWebhook("sevenrooms", "/api/club/webhooks/seats/sevenrooms/{secret}", "sevenrooms/webhook"));
        services.AddSingleton(new SimulatorWebhook("quaybook", "/api/club/webhooks/seats/quaybook", "quaybook/webhook"));
        services.AddSingleton<Memberson>();
        services.AddSingleton<StripeClient>();
        services.AddSingleton<SeatVendors>();
        services.AddSingleton<Catalogue>();
        services.AddSingleton<Snapshots>();
        services.AddHostedService(provider => provider.GetRequiredService<Snapshots>());

        services.AddSingleton<VendorErasures>();
        services.AddPersonalData<MemberPersonalData>("club");
        services.AddSingleton(MemberNames.Column);
        services.AddSingleton<MemberNames>();
        services.AddHostedService<SealMembers>();
        services.AddSingleton<SignedInMember>();
        services.AddSingleton<MemberPoints>();
        services.AddSingleton<PlaceBooking>();
        services.AddSingleton<Telling>();
        services.AddMailTemplate<BookingMail>(BookingMail.Name);
        services.AddSingleton<SeatEvents>();
        services.AddSaga<BookByPoints, Booking>();
        services.AddSaga<BookByCard, Booking>();
        services.AddSaga<CancelBooking, Booking>();

        services.AddJob<KeepPromise, Promise>(Promise.Name);
        services.AddJob<CheckSeat, CheckSeatJob>("club.check-seat");
        services.AddJob<CheckInvariants, CheckInvariantsJob>("club.check-invariants");
        services.AddJob<CompareMemberson, CompareMembersonJob>(CompareMembersonJob.Name);
        services.AddSchedule(CompareMembersonJob.Name, Recurrence.DailyAt(new TimeOnly(4, 0)), new CompareMemberson());
        services.AddSchedule("club.check-invariants", Recurrence.Every(TimeSpan.FromHours(1)), new CheckInvariants());
    }

    public override void MapEndpoints(IEndpointRouteBuilder routes)
    {
        var club = routes.MapGroup("/api/club").WithTags("Club");
        club.MapSignIn();
        club.MapMe();
        club.MapBrowseExperiences();
        club.MapCurateExperiences();
        club.MapItems();
        club.MapPictures();
        club.MapBookings();
        club.MapViewBooking();
        club.MapStripeWebhook();
        club.MapSeatWebhook();
        club.MapDesk();
        club.MapDeskLanes();
        club.MapDeskMembers();
        club.MapDeskComparisons();
        club.MapPointChanges();
        club.MapDeskErasures();
    }

    public override Task SeedDemoAsync(IServiceProvider services, CancellationToken stop) => Demo.SeedAsync(services, stop);

    /// <summary>The booking vendors, one manifest each.</summary>
    internal static IEnumerable<Manifest> Manifests()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith("manifests/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return Manifest.Read(reader.ReadToEnd());
        }
    }
}
