using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace Rialto.Platform.Hosting;

/// <summary>
/// Names of types in the API description. A use case's types stand inside its class and are called View or Create in each; by their short names alone
/// they would become one and the same there. <c>UserAdministration.View</c> is <c>UserView</c>.
/// </summary>
internal static class SchemaNames
{
    private static readonly string[] Roles = ["Administration", "Endpoints", "Endpoint"];

    public static string? Of(JsonTypeInfo json) => OpenApiOptions.CreateDefaultSchemaReferenceId(json) is { } name ? Of(json.Type, name) : null;

    private static string Of(Type type, string given)
    {
        if (Nullable.GetUnderlyingType(type) is not null || type.IsArray || type.Name.StartsWith('<')) return given;
        var name = type.IsGenericType ? type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] + "Of" + string.Concat(type.GetGenericArguments().Select(argument => Of(argument, argument.Name))) : given;
        if (type is not { IsNested: true, DeclaringType: { } owner, Namespace: { } space } || space.StartsWith("System", StringComparison.Ordinal)) return name;
        var subject = Subject(owner.Name);
        return name.Contains(subject, StringComparison.Ordinal) ? name : subject + name;
    }

    private static string Subject(string owner) => Array.Find(Roles, role => owner.EndsWith(role, StringComparison.Ordinal) && owner.Length > role.Length) is { } role ? owner[..^role.Length] : owner;
}
