-- A saga: steps with effects in and outside of the database that end all done, or all undone, or with an operator.
CREATE TABLE run (
    id            uuid PRIMARY KEY,
    kind          text NOT NULL,
    subject       uuid NOT NULL,
    organization  integer NOT NULL,
    actor         text NOT NULL,
    state         text NOT NULL CHECK (state IN ('running', 'undoing', 'done', 'undone', 'operator')),
    -- What it was doing when an operator was called.
    was           text CHECK (was IN ('running', 'undoing')),
    -- Somebody wants it undone; it is, unless its pivot has been passed.
    undo_reason   text,
    -- Why it ended undone, or needs an operator.
    reason        text,
    -- The one job that may work on it.
    job           uuid,
    lane          text,
    waiting_on    text,
    waiting_since timestamptz,
    retry_at      timestamptz,
    -- Something outside has happened since the vendor was last asked.
    hurried       boolean NOT NULL DEFAULT false,
    created_at    timestamptz NOT NULL,
    updated_at    timestamptz NOT NULL
);
-- One at a time of a kind for a subject; when it is over, another may begin.
CREATE UNIQUE INDEX run_open ON run (kind, subject) WHERE state NOT IN ('done', 'undone');
CREATE INDEX run_subject ON run (subject);

CREATE TABLE step (
    run          uuid NOT NULL REFERENCES run ON DELETE CASCADE,
    step         text NOT NULL,
    direction    text NOT NULL CHECK (direction IN ('do', 'undo')),
    -- planned: not sent, or known not to have arrived. sent: committed before the call, so after a crash it means unknown.
    state        text NOT NULL CHECK (state IN ('planned', 'sent', 'unknown', 'done', 'refused', 'skipped')),
    connector    text,
    external_key text,
    attempts     integer NOT NULL DEFAULT 0,
    waits        integer NOT NULL DEFAULT 0,
    facts        jsonb NOT NULL DEFAULT '{}',
    detail       text,
    sent_at      timestamptz,
    updated_at   timestamptz NOT NULL,
    PRIMARY KEY (run, step, direction)
);
-- One key is one effect: two steps that would share it are a mistake in the program.
CREATE UNIQUE INDEX step_key ON step (connector, external_key) WHERE external_key IS NOT NULL;
