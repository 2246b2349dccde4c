-- Append-only: no code updates or deletes here, and the triggers refuse whoever tries. Before and after are text, not jsonb: the hash covers them
-- as they were written.
CREATE TABLE audit.entry (
    sequence      bigint PRIMARY KEY,
    at            timestamptz NOT NULL,
    action        text NOT NULL,
    target        text NOT NULL,
    actor_id      text NOT NULL,
    actor_name    text NOT NULL,
    organization  bigint NOT NULL,
    before        text,
    after         text,
    address       text,
    previous_hash bytea NOT NULL,
    hash          bytea NOT NULL
);
CREATE INDEX entry_organization ON audit.entry (organization, sequence);
CREATE INDEX entry_target ON audit.entry (target, sequence);

-- One row: where the next entry goes on. Locking it puts the writers in order.
CREATE TABLE audit.head (
    one      boolean PRIMARY KEY DEFAULT true CHECK (one),
    sequence bigint NOT NULL,
    hash     bytea NOT NULL
);
INSERT INTO audit.head (sequence, hash) VALUES (0, decode(repeat('00', 32), 'hex'));

CREATE FUNCTION audit.refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit is append-only.';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON audit.entry FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
