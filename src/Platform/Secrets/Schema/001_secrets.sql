-- Secrets, sealed: a random key each, wrapped by a key of the ring that is not in the database. One version is current; the one before
-- is kept for the way back, older ones are deleted.
CREATE TABLE secret (
    name       text NOT NULL,
    version    integer NOT NULL,
    state      text NOT NULL CHECK (state IN ('current', 'previous')),
    sealed     bytea NOT NULL,
    created_at timestamptz NOT NULL,
    created_by text NOT NULL,
    PRIMARY KEY (name, version)
);
CREATE UNIQUE INDEX secret_state ON secret (name, state);

CREATE FUNCTION tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('rialto_secrets', '');
    RETURN NULL;
END $$;
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE ON secret FOR EACH STATEMENT EXECUTE FUNCTION tell_change();
