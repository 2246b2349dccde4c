using System.Text;
using FsCheck.Fluent;
using Rialto.Engine.Library;
using Rialto.Engine.Statements;

namespace Rialto.Engine.Tests.Statements;

public class StatementTests
{
    [Theory]
    [InlineData("INSERT INTO t FORMAT Native\nDATA", "INSERT INTO t ", "Native", "DATA")]
    [InlineData("INSERT INTO t FORMAT Native\r\nDATA", "INSERT INTO t ", "Native", "DATA")]
    [InlineData("INSERT INTO t FORMAT Native DATA", "INSERT INTO t ", "Native", "DATA")]
    [InlineData("INSERT INTO t FORMAT Native\n\nDATA", "INSERT INTO t ", "Native", "\nDATA")]
    [InlineData("insert into db.t (a, `b c`) settings async_insert=0 format JSONEachRow {}", "insert into db.t (a, `b c`) settings async_insert=0 ", "JSONEachRow", "{}")]
    [InlineData("INSERT INTO t(a)VALUES(1),(2)", "INSERT INTO t(a)", "Values", "(1),(2)")]
    [InlineData("INSERT INTO t SELECT 1 FORMAT JSON", null, "JSON", null)]
    [InlineData("INSERT INTO t (a) WITH 1 AS x SELECT x", null, null, null)]
    [InlineData("INSERT INTO `format` FORMAT CSV 1", "INSERT INTO `format` ", "CSV", "1")]
    [InlineData("INSERT INTO format FORMAT CSV 1", "INSERT INTO format ", "CSV", "1")]
    [InlineData("INSERT INTO TABLE FUNCTION file('x', 'CSV', 'a UInt8') VALUES (1)", "INSERT INTO TABLE FUNCTION file('x', 'CSV', 'a UInt8') ", "Values", " (1)")]
    [InlineData("/* FORMAT x */ INSERT INTO t -- VALUES\n FORMAT CSV\n1", "/* FORMAT x */ INSERT INTO t -- VALUES\n ", "CSV", "1")]
    [InlineData("INSERT INTO t", "INSERT INTO t", null, "")]
    public void An_insert_is_split_where_its_data_begins(string sql, string? text, string? format, string? data)
    {
        var bytes = Encoding.UTF8.GetBytes(sql);

        var statement = Statement.Read(bytes);

        statement.Format.ShouldBe(format);
        statement.Kind.ShouldBe(text is null ? StatementKind.Text : StatementKind.InsertData);
        if (text is not null)
        {
            Encoding.UTF8.GetString(bytes[..statement.TextLength]).ShouldBe(text);
            Encoding.UTF8.GetString(bytes[statement.DataStart..]).ShouldBe(data);
        }
    }

    [Theory]
    [InlineData("SELECT 1", StatementKindName.Select, null)]
    [InlineData("  select 'FORMAT x' format JSON", StatementKindName.Select, "JSON")]
    [InlineData("SELECT (SELECT 1 FORMAT x) FORMAT CSV SETTINGS max_threads = 1", StatementKindName.Select, "CSV")]
    [InlineData("(SELECT 1) UNION ALL (SELECT 2) FORMAT CSV", StatementKindName.Select, "CSV")]
    [InlineData("WITH 1 AS a SELECT a", StatementKindName.Select, null)]
    [InlineData("FROM t SELECT a", StatementKindName.Select, null)]
    [InlineData("SHOW TABLES FORMAT CSV", StatementKindName.Text, "CSV")]
    [InlineData("CREATE TABLE t (a UInt8) ENGINE = Memory", StatementKindName.Text, null)]
    [InlineData("SELECT $$;$$, $x$ ; FORMAT y $x$ FORMAT CSV", StatementKindName.Select, "CSV")]
    [InlineData("SELECT 'it''s; \\' ;' ;  -- ;", StatementKindName.Select, null)]
    public void A_statement_is_recognised_by_its_words_outside_quotes_comments_and_brackets(string sql, StatementKindName kind, string? format)
    {
        var statement = Statement.Read(Encoding.UTF8.GetBytes(sql));

        statement.Kind.ToString().ShouldBe(kind.ToString());
        statement.Format.ShouldBe(format);
    }

    [Theory]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1;;DROP TABLE t")]
    [InlineData("SELECT '1';/* */x")]
    public void A_second_statement_is_refused(string sql) =>
        Should.Throw<EngineException>(() => Statement.Read(Encoding.UTF8.GetBytes(sql))).Code.ShouldBe(Codes.SyntaxError);

    [Theory]
    [InlineData("INSERT INTO t (a) SELECT b FROM input('b UInt8') FORMAT CSV\n1")]
    [InlineData("INSERT INTO t WITH x AS (SELECT b FROM INPUT ('b UInt8')) SELECT b FROM x FORMAT CSV\n1")]
    public void Data_read_by_the_function_input_is_refused_and_not_waited_for(string sql) =>
        Should.Throw<EngineException>(() => Statement.Read(Encoding.UTF8.GetBytes(sql))).Code.ShouldBe(Codes.NotImplemented);

    [Theory]
    [InlineData("INSERT INTO t SELECT input FROM input WHERE input = 'input('")]
    public void A_name_that_is_input_is_a_name(string sql) => Statement.Read(Encoding.UTF8.GetBytes(sql)).Kind.ShouldBe(StatementKind.Text);

    [Fact]
    public void Any_bytes_after_the_format_are_the_data()
    {
        var random = Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value)).Sample(500, 200);
        foreach (var data in random)
        {
            byte[] sql = [.. "INSERT INTO t (a) FORMAT Native\n"u8, .. data];

            var statement = Statement.Read(sql);

            statement.Format.ShouldBe("Native");
            sql[statement.DataStart..].ShouldBe(data);
        }
    }

    [Fact]
    public void Any_bytes_are_read_to_an_end()
    {
        var pieces = Gen.Elements("'", "\"", "`", "\\", "--", "/*", "*/", "$$", "$a$", "(", ")", ";", "\n", " ", "FORMAT", "INSERT", "INTO", "VALUES", "SELECT", "x", "é", "\0", "#!");
        foreach (var text in Gen.ArrayOf(pieces).Select(parts => string.Concat(parts)).Sample(2000, 60))
        {
            try
            {
                var bytes = Encoding.UTF8.GetBytes(text);
                var statement = Statement.Read(bytes);
                statement.TextLength.ShouldBeInRange(0, bytes.Length);
                statement.DataStart.ShouldBeInRange(statement.TextLength, bytes.Length);
            }
            catch (EngineException)
            {
                // Refused with a reason.
            }
        }
    }

    // Theory data of a public method is public; the kind itself is internal.
    public enum StatementKindName
    {
        Text,
        Select,
        InsertData,
    }
}
