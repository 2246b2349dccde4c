-- Durable work. The open jobs of a lane run in the order of their positions, one at a time; position is drawn under the lane's lock, as in the outbox.
CREATE TABLE platform.job (
    id               uuid PRIMARY KEY,
    position         bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    kind             text NOT NULL,
    lane             text NOT NULL,
    key              text,
    organization     integer NOT NULL,
    actor            text NOT NULL,
    arguments        jsonb NOT NULL,
    state            text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'parked', 'done', 'cancelled', 'discarded')),
    due_at           timestamptz NOT NULL,
    attempts         integer NOT NULL DEFAULT 0,
    -- Whoever holds the highest fence runs the job; writes under an older one are refused.
    fence            bigint NOT NULL DEFAULT 0,
    lease_until      timestamptz,
    node             text,
    cancel_requested boolean NOT NULL DEFAULT false,
    progress         jsonb,
    result           jsonb,
    error            text,
    reason           text,
    trace_parent     text,
    created_at       timestamptz NOT NULL,
    finished_at      timestamptz
);
CREATE INDEX job_open ON platform.job (lane, position) WHERE state IN ('waiting', 'running', 'parked');
CREATE INDEX job_finished ON platform.job (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX job_kind ON platform.job (kind, created_at);
-- The same key of the same kind is enqueued once.
CREATE UNIQUE INDEX job_key ON platform.job (kind, key) WHERE key IS NOT NULL;

CREATE SEQUENCE platform.fence;

-- Lanes that an operator holds back. A lane without a row runs.
CREATE TABLE platform.lane_pause (
    lane   text PRIMARY KEY,
    actor  text NOT NULL,
    reason text NOT NULL,
    at     timestamptz NOT NULL
);

-- Recurring jobs: whoever moves next_at forward enqueues the job, in the same transaction.
CREATE TABLE platform.schedule (
    name       text PRIMARY KEY,
    recurrence text NOT NULL,
    next_at    timestamptz NOT NULL
);
