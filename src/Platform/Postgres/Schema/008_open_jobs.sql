-- A job is open while it has no end. The conditions of these indexes do not name its state on purpose: statistics are nearly always taken while hardly a job is open, so an
-- index of "what runs" looked empty, and a statement that asked for one job by its id and its state read the whole index, with every job that had run since the last vacuum.
DROP INDEX platform.job_open;
DROP INDEX platform.job_due;
DROP INDEX platform.job_leased;
CREATE INDEX job_open ON platform.job (lane, position) WHERE finished_at IS NULL;
CREATE INDEX job_due ON platform.job (due_at, lane) WHERE finished_at IS NULL AND lease_until IS NULL;
CREATE INDEX job_leased ON platform.job (lease_until) WHERE lease_until IS NOT NULL;
