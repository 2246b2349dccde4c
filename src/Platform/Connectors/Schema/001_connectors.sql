-- Every call of a vendor, for operators. What a saga has to know of its calls is in saga.step.
CREATE TABLE external_call (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    connector    text NOT NULL,
    operation    text NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('read', 'write')),
    external_key text,
    sent_at      timestamptz NOT NULL,
    ended_at     timestamptz NOT NULL,
    outcome      text NOT NULL CHECK (outcome IN ('ok', 'refused', 'not_sent', 'unknown', 'malformed')),
    status       integer,
    detail       text,
    revision     bigint NOT NULL,
    attempt      integer NOT NULL
);
CREATE INDEX external_call_recent ON external_call (connector, id DESC);
CREATE INDEX external_call_key ON external_call (external_key) WHERE external_key IS NOT NULL;

-- How a vendor was when a node last saw it change; one row a node, because each has its own breaker.
CREATE TABLE connector_state (
    connector text NOT NULL,
    node      integer NOT NULL,
    breaker   text NOT NULL CHECK (breaker IN ('closed', 'open', 'half-open')),
    since     timestamptz NOT NULL,
    probe_at  timestamptz,
    PRIMARY KEY (connector, node)
);
