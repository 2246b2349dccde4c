-- A change that the system proposes (a cancelled booking) has no proposer: then whoever approves it is not the one who enters it.
ALTER TABLE point_change ADD COLUMN entered_by uuid;
ALTER TABLE point_change ADD CONSTRAINT point_change_two_people CHECK (entered_by IS NULL OR proposed_by IS NOT NULL OR entered_by <> approved_by);
