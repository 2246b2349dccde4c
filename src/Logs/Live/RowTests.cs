using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Rialto.Logs.Query;
using Rialto.Logs.Records;

namespace Rialto.Logs.Live;

/// <summary>The tests that are about logic and columns of fixed size; texts are in <see cref="TextTest"/> and <see cref="BodyTest"/>.</summary>
internal static class RowTests
{
    public static RowTest Compile(Condition condition) => condition switch
    {
        Always always => new Fixed(always.Value),
        AllOf all => new All(Compile(all.Parts)),
        AnyOf any => new Any(Compile(any.Parts)),
        Not not => new Inverse(Compile(not.Inner)),
        BodyHasText text => BodyTest.Of(text.Text),
        BodyHasPattern pattern => new BodyPatternTest(pattern.Pattern),
        SeverityIn level => new SeverityTest(level),
        SequenceIn range => new SequenceTest(range),
        IdIn id => new IdTest(id),
        ApplicationIs application => new ApplicationTest(application.Name),
        TextIs { Column: TextField.Body } body => new WholeBodyTest(body.Match),
        TextIs text => new TextTest(text.Column, text.Match),
        AttributeIs attribute => new AttributeTest(attribute),
        NumberIn number => new NumberTest(number),
        AttributeExists exists => new ExistsTest(exists.Key, inResource: false),
        ResourceIs resource => new ResourceTest(resource),
        ResourceExists exists => new ExistsTest(exists.Key, inResource: true),
        _ => throw new UnreachableException(),
    };

    private static RowTest[] Compile(ImmutableArray<Condition> parts) => [.. parts.Select(Compile).OrderBy(test => test.Cost)];

    private sealed class Fixed : RowTest
    {
        public Fixed(bool value) => Constant = value;

        public override int Cost => 1;

        public override bool Matches(RecordBatch batch, int row) => Constant!.Value;
    }

    private sealed class All(RowTest[] tests) : RowTest
    {
        public override int Cost { get; } = tests.Sum(test => test.Cost);

        public override void Begin(RecordBatch batch)
        {
            bool? constant = true;
            foreach (var test in tests)
            {
                test.Begin(batch);
                constant = constant == false || test.Constant == false ? false : constant & test.Constant;
            }

            Constant = constant;
        }

        public override bool Matches(RecordBatch batch, int row)
        {
            foreach (var test in tests)
            {
                if (!test.Matches(batch, row))
                    return false;
            }

            return true;
        }
    }

    private sealed class Any(RowTest[] tests) : RowTest
    {
        public override int Cost { get; } = tests.Sum(test => test.Cost);

        public override void Begin(RecordBatch batch)
        {
            bool? constant = false;
            foreach (var test in tests)
            {
                test.Begin(batch);
                constant = constant == true || test.Constant == true ? true : constant | test.Constant;
            }

            Constant = constant;
        }

        public override bool Matches(RecordBatch batch, int row)
        {
            foreach (var test in tests)
            {
                if (test.Matches(batch, row))
                    return true;
            }

            return false;
        }
    }

    private sealed class Inverse(RowTest test) : RowTest
    {
        public override int Cost => test.Cost;

        public override void Begin(RecordBatch batch)
        {
            test.Begin(batch);
            Constant = !test.Constant;
        }

        public override bool Matches(RecordBatch batch, int row) => !test.Matches(batch, row);
    }

    private sealed class SeverityTest(SeverityIn range) : RowTest
    {
        public override int Cost => 1;

        public override bool Matches(RecordBatch batch, int row) => batch.Severity(row) >= range.Low && batch.Severity(row) <= range.High;
    }

    private sealed class SequenceTest(SequenceIn range) : RowTest
    {
        public override int Cost => 1;

        public override bool Matches(RecordBatch batch, int row) => batch.Sequence(row) >= range.Low && batch.Sequence(row) <= range.High;
    }

    private sealed class IdTest(IdIn range) : RowTest
    {
        public override int Cost => 4;

        public override bool Matches(RecordBatch batch, int row)
        {
            var id = range.Column == IdColumn.Trace ? batch.TraceId(row) : batch.SpanId(row);
            return id.SequenceCompareTo(range.Low.AsSpan()) >= 0 && id.SequenceCompareTo(range.High.AsSpan()) <= 0;
        }
    }

    private sealed class ApplicationTest(TextMatch name) : RowTest
    {
        private string? _lastName;

        public override int Cost => 1;

        public override void Begin(RecordBatch batch)
        {
            if (ReferenceEquals(_lastName, batch.ApplicationName))
                return;
            _lastName = batch.ApplicationName;
            Constant = name.Text is { } text ? text == batch.ApplicationName : name.Pattern!.IsMatch(batch.ApplicationName);
        }

        public override bool Matches(RecordBatch batch, int row) => Constant!.Value;
    }

    private sealed class NumberTest(NumberIn range) : RowTest
    {
        private readonly byte[] _name = Encoding.UTF8.GetBytes(range.Key);
        private int _key;

        public override int Cost => 5;

        public override void Begin(RecordBatch batch)
        {
            _key = batch.FindKey(_name);
            Constant = _key < 0 ? false : null;
        }

        public override bool Matches(RecordBatch batch, int row) =>
            batch.TryGetNumber(row, _key, out var value)
            && (range.LowInclusive ? value >= range.Low : value > range.Low)
            && (range.HighInclusive ? value <= range.High : value < range.High);
    }

    private sealed class ExistsTest(string key, bool inResource) : RowTest
    {
        private readonly byte[] _name = Encoding.UTF8.GetBytes(key);
        private int _key;

        public override int Cost => 5;

        public override void Begin(RecordBatch batch)
        {
            _key = batch.FindKey(_name);
            Constant = _key < 0 ? false : null;
        }

        public override bool Matches(RecordBatch batch, int row) =>
            inResource ? batch.TryGetResource(row, _key, out _) : batch.TryGetAttribute(row, _key, out _) || batch.TryGetNumber(row, _key, out _);
    }
}
