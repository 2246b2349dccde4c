-- One row an event, written in the transaction that made it true.
-- position orders the events of ONE key: it is drawn while the publisher holds that key's lock, which it keeps until it commits.
-- Across keys it says nothing about the order of commits, so nothing may page by it.
CREATE TABLE platform.envelope (
    position     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id           uuid NOT NULL UNIQUE,
    type         text NOT NULL,
    key          text NOT NULL,
    organization integer NOT NULL,
    actor        text NOT NULL,
    at           timestamptz NOT NULL,
    trace_parent text,
    body         jsonb NOT NULL
);
CREATE INDEX envelope_at ON platform.envelope (at);

-- Which handler wants which events. In a table, because a node may run only some modules and still publish for all.
CREATE TABLE platform.subscription (
    handler text NOT NULL,
    type    text NOT NULL,
    PRIMARY KEY (type, handler)
);

-- What a handler still has to do: a row goes in the transaction of its handler's work, so its absence is the proof that it was done once.
CREATE TABLE platform.delivery (
    handler   text NOT NULL,
    key       text NOT NULL,
    position  bigint NOT NULL REFERENCES platform.envelope,
    attempts  integer NOT NULL DEFAULT 0,
    due_at    timestamptz NOT NULL DEFAULT now(),
    parked_at timestamptz,
    error     text,
    PRIMARY KEY (handler, key, position)
);
CREATE INDEX delivery_parked ON platform.delivery (parked_at) WHERE parked_at IS NOT NULL;
CREATE INDEX delivery_position ON platform.delivery (position);

-- Events on their way to ClickHouse. A batch keeps its number until it is confirmed, so that a repetition is recognised there.
CREATE TABLE platform.event_export (
    position bigint PRIMARY KEY REFERENCES platform.envelope,
    batch    uuid,
    taken_at timestamptz
);
CREATE INDEX event_export_batch ON platform.event_export (batch) WHERE batch IS NOT NULL;

-- Messages from outside that were taken, by the sender's own id: a repetition changes nothing.
CREATE TABLE platform.inbox (
    source     text NOT NULL,
    message_id text NOT NULL,
    at         timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (source, message_id)
);
CREATE INDEX inbox_at ON platform.inbox (at);
