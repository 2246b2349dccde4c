-- Configuration lives outside the process, in revisions: a draft is checked, a valid one is made active, the one before is kept for the way back.
CREATE TABLE revision (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name         text NOT NULL,
    state        text NOT NULL CHECK (state IN ('draft', 'valid', 'active', 'retired')),
    body         jsonb NOT NULL,
    note         text,
    problems     text[] NOT NULL DEFAULT '{}',
    author       text NOT NULL,
    activated_by text,
    created_at   timestamptz NOT NULL,
    activated_at timestamptz
);
CREATE UNIQUE INDEX revision_active ON revision (name) WHERE state = 'active';
CREATE INDEX revision_name ON revision (name, id DESC);

CREATE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('rialto_configuration', '');
    RETURN NULL;
END $$;
CREATE TRIGGER tell_change AFTER UPDATE OF state OR INSERT ON revision FOR EACH STATEMENT EXECUTE FUNCTION tell_change();
