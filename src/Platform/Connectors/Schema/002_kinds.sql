-- Checked by domains for the reason that platform 7 gives: every call of a vendor is written here.
CREATE DOMAIN call_kind AS text CHECK (VALUE IN ('read', 'write'));
CREATE DOMAIN call_outcome AS text CHECK (VALUE IN ('ok', 'refused', 'not_sent', 'unknown', 'malformed'));
ALTER TABLE external_call
    DROP CONSTRAINT external_call_kind_check,
    DROP CONSTRAINT external_call_outcome_check,
    ALTER COLUMN kind TYPE call_kind,
    ALTER COLUMN outcome TYPE call_outcome;
