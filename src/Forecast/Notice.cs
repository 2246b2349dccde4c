namespace Rialto.Forecast;

/// <summary>What a person should know, for programs by its code and for people in a sentence.</summary>
/// <param name="Code">Stable kebab-case word; the guide lists them.</param>
/// <param name="Facts">What the sentence is filled with, so that another language can be: texts, numbers and times by name.</param>
internal sealed record Notice(string Code, string Message, IReadOnlyDictionary<string, object>? Facts = null);
