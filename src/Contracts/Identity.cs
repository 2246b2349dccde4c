namespace Rialto.Contracts.Identity;

/// <summary>
/// Somebody may see all that is kept of a person. Each module that keeps something answers, see <c>IKeepPersonalData</c> of the platform; the answer does not
/// travel in an event, because events are kept for years.
/// </summary>
public sealed record PersonalDataAsked(Guid Request, Guid Person) : IBusinessEvent
{
    public string Key => $"person:{Person}";
}

/// <summary>A person is to be forgotten: each module removes what it keeps of him, or empties it where the row must stay. His id stays, and means nobody.</summary>
public sealed record PersonErased(Guid Request, Guid Person) : IBusinessEvent
{
    public string Key => $"person:{Person}";
}
