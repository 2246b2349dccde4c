-- Checked by domains for the reason that platform 7 gives: every round of a saga writes here.
CREATE DOMAIN run_state AS text CHECK (VALUE IN ('running', 'undoing', 'done', 'undone', 'operator'));
CREATE DOMAIN run_before_operator AS text CHECK (VALUE IN ('running', 'undoing'));
CREATE DOMAIN step_direction AS text CHECK (VALUE IN ('do', 'undo'));
CREATE DOMAIN step_state AS text CHECK (VALUE IN ('planned', 'sent', 'unknown', 'done', 'refused', 'skipped'));
ALTER TABLE run
    DROP CONSTRAINT run_state_check,
    DROP CONSTRAINT run_was_check,
    ALTER COLUMN state TYPE run_state,
    ALTER COLUMN was TYPE run_before_operator;
ALTER TABLE step
    DROP CONSTRAINT step_direction_check,
    DROP CONSTRAINT step_state_check,
    ALTER COLUMN direction TYPE step_direction,
    ALTER COLUMN state TYPE step_state;
