using Rialto.Platform.Sagas;

namespace Rialto.Platform.Tests.Sagas;

/// <summary>The plan over every state that three steps, the second a pivot, can be in.</summary>
public class PlanTests
{
    private static readonly StepState[] States = Enum.GetValues<StepState>();

    [Fact]
    public void Nothing_is_begun_while_an_outcome_is_unknown()
    {
        foreach (var (steps, undoing, wanted) in All())
        {
            var decision = Plan.Next(steps, undoing, wanted);
            if (decision.Move != Move.Take || decision.Direction != Direction.Do) continue;
            for (var at = 0; at < decision.Step; at++) steps[at].Do.ShouldBeOneOf(StepState.Done, StepState.Skipped);
        }
    }

    [Fact]
    public void Nothing_is_undone_while_a_later_step_stands_or_is_unknown()
    {
        foreach (var (steps, undoing, wanted) in All())
        {
            var decision = Plan.Next(steps, undoing, wanted);
            if (decision is not { Move: Move.Take, Direction: Direction.Undo }) continue;
            for (var at = decision.Step + 1; at < steps.Length; at++)
            {
                steps[at].Do.ShouldNotBeOneOf(StepState.Sent, StepState.Unknown);
                if (steps[at] is { Do: StepState.Done, HasUndo: true }) steps[at].Undo.ShouldBeOneOf(StepState.Done, StepState.Skipped);
            }
        }
    }

    [Fact]
    public void It_never_turns_back_past_its_pivot()
    {
        foreach (var (steps, _, wanted) in All().Where(state => Plan.IsPastPivot(state.Steps)))
            Plan.Next(steps, undoing: false, wanted).Move.ShouldNotBe(Move.TurnBack);
    }

    [Fact]
    public void It_ends_only_when_all_is_done_or_all_is_undone()
    {
        foreach (var (steps, undoing, wanted) in All())
        {
            switch (Plan.Next(steps, undoing, wanted).Move)
            {
                case Move.EndDone:
                    steps.ShouldAllBe(step => step.Do == StepState.Done || step.Do == StepState.Skipped);
                    break;
                case Move.EndUndone:
                    steps.ShouldAllBe(step => step.Do != StepState.Sent && step.Do != StepState.Unknown);
                    steps.ShouldAllBe(step => step.Do != StepState.Done || !step.HasUndo || step.Undo == StepState.Done || step.Undo == StepState.Skipped);
                    break;
            }
        }
    }

    [Fact]
    public void What_was_sent_is_looked_for_before_anything_else()
    {
        foreach (var (steps, undoing, wanted) in All())
        {
            var decision = Plan.Next(steps, undoing, wanted);
            if (decision.Move != Move.Take) continue;
            var taken = decision.Direction == Direction.Do ? steps[decision.Step].Do : steps[decision.Step].Undo;
            taken.ShouldBe(StepState.Planned);
        }
    }

    private static IEnumerable<(StepView[] Steps, bool Undoing, bool Wanted)> All() =>
        from first in States
        from second in States
        from third in States
        from firstUndo in States
        from secondUndo in States
        from undoing in new[] { false, true }
        from wanted in new[] { false, true }
        select (new[] { new StepView(true, false, first, firstUndo), new StepView(false, true, second, secondUndo), new StepView(false, false, third, StepState.Planned) }, undoing, wanted);
}
