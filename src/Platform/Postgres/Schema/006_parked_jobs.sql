-- What is parked is counted for the health of the node every few seconds, beside any number of waiting jobs.
CREATE INDEX job_parked ON platform.job (id) WHERE state = 'parked';
