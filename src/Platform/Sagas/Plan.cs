using System.Diagnostics;

namespace Rialto.Platform.Sagas;

internal enum Direction
{
    Do,
    Undo,
}

internal enum StepState
{
    Planned,
    Sent,
    Unknown,
    Done,
    Refused,
    Skipped,
}

/// <summary>A step as it stands: what the plan decides by.</summary>
internal readonly record struct StepView(bool HasUndo, bool IsPivot, StepState Do, StepState Undo);

internal enum Move
{
    /// <summary>Run, send or check the step.</summary>
    Take,

    /// <summary>Ask the vendor for the step's effect: it was sent and nothing is known.</summary>
    Look,

    /// <summary>Turn back.</summary>
    TurnBack,

    /// <summary>All is done.</summary>
    EndDone,

    /// <summary>All is undone.</summary>
    EndUndone,

    /// <summary>A person has to look.</summary>
    CallOperator,
}

internal readonly record struct Decision(Move Move, int Step, Direction Direction);

/// <summary>What a saga does next: a pure function of how its steps stand. Everything else is carrying it out.</summary>
internal static class Plan
{
    /// <param name="undoing">It is on its way back.</param>
    /// <param name="undoWanted">Somebody wants it undone.</param>
    public static Decision Next(IReadOnlyList<StepView> steps, bool undoing, bool undoWanted) => undoing ? Backward(steps) : Forward(steps, undoWanted);

    /// <summary>Whether the step of no return is done.</summary>
    public static bool IsPastPivot(IReadOnlyList<StepView> steps) => steps.Any(step => step is { IsPivot: true, Do: StepState.Done });

    private static Decision Forward(IReadOnlyList<StepView> steps, bool undoWanted)
    {
        for (var at = 0; at < steps.Count; at++)
        {
            switch (steps[at].Do)
            {
                case StepState.Done or StepState.Skipped:
                    continue;
                case StepState.Sent or StepState.Unknown:
                    return new Decision(Move.Look, at, Direction.Do);
                case StepState.Refused:
                    return new Decision(IsPastPivot(steps) ? Move.CallOperator : Move.TurnBack, at, Direction.Do);
                case StepState.Planned:
                    return new Decision(undoWanted && !IsPastPivot(steps) ? Move.TurnBack : Move.Take, at, Direction.Do);
                default:
                    throw new UnreachableException();
            }
        }
        return new Decision(Move.EndDone, steps.Count, Direction.Do);
    }

    private static Decision Backward(IReadOnlyList<StepView> steps)
    {
        for (var at = steps.Count - 1; at >= 0; at--)
        {
            switch (steps[at].Do)
            {
                case StepState.Planned or StepState.Refused or StepState.Skipped:
                    continue;
                case StepState.Sent or StepState.Unknown:
                    return new Decision(Move.Look, at, Direction.Do);
            }
            if (!steps[at].HasUndo) continue;
            switch (steps[at].Undo)
            {
                case StepState.Done or StepState.Skipped:
                    continue;
                case StepState.Sent or StepState.Unknown:
                    return new Decision(Move.Look, at, Direction.Undo);
                case StepState.Refused:
                    return new Decision(Move.CallOperator, at, Direction.Undo);
                case StepState.Planned:
                    return new Decision(Move.Take, at, Direction.Undo);
            }
        }
        return new Decision(Move.EndUndone, -1, Direction.Undo);
    }
}
