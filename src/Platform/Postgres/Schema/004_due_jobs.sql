-- What is due is found without looking at every open job: promises and retries wait by the thousand.
CREATE INDEX job_due ON platform.job (due_at, lane) WHERE state = 'waiting';
CREATE INDEX job_leased ON platform.job (lease_until) WHERE state = 'running';
