using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Dapper;

namespace Rialto.Platform.Postgres;

/// <summary>
/// How rows become objects, for every module: column <c>created_at</c> fills property <c>CreatedAt</c>, and <c>timestamptz</c> a <see cref="DateTimeOffset"/>.
/// Give row types init properties and no constructor: Dapper matches constructors by exact type and misses arrays and nullable values.
/// </summary>
internal static class RowMapping
{
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255", Justification = "Whoever uses Platform uses Dapper this way, tests included.")]
    internal static void Register()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.AddTypeHandler(new Instant());
    }

    private sealed class Instant : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value.ToUniversalTime();

        public override DateTimeOffset Parse(object value) =>
            value is DateTimeOffset instant ? instant : new DateTimeOffset(DateTime.SpecifyKind((DateTime)value, DateTimeKind.Utc));
    }
}
