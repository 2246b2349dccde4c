-- Entries of the second form can forget a person. What tells of him stands beside the entry, and the entry carries salted commitments of it, which are
-- what its hash covers: with salt and text gone, the chain verifies as before and nobody can find the text by guessing. Entries of the first form
-- (with a name in them) stay as they are.
ALTER TABLE audit.entry ALTER COLUMN actor_name DROP NOT NULL;
ALTER TABLE audit.entry ADD COLUMN actor_commitment bytea;
ALTER TABLE audit.entry ADD COLUMN change_commitment bytea;
ALTER TABLE audit.entry ADD CONSTRAINT entry_form CHECK (
    CASE WHEN actor_commitment IS NULL THEN actor_name IS NOT NULL AND change_commitment IS NULL
         ELSE actor_name IS NULL AND address IS NULL AND before IS NULL AND after IS NULL END);
CREATE INDEX entry_actor ON audit.entry (actor_id, sequence);

CREATE TABLE audit.actor (
    sequence bigint PRIMARY KEY REFERENCES audit.entry,
    salt     bytea NOT NULL,
    name     text NOT NULL,
    address  text
);

CREATE TABLE audit.change (
    sequence bigint PRIMARY KEY REFERENCES audit.entry,
    salt     bytea NOT NULL,
    before   text,
    after    text
);

-- Only what tells of a person whose erasure is in the audit itself may go.
CREATE FUNCTION audit.refuse_unless_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM audit.entry e
          JOIN audit.entry x ON x.target = 'user:' || CASE TG_TABLE_NAME WHEN 'actor' THEN e.actor_id ELSE split_part(e.target, ':', 2) END AND x.action = 'identity.person.erase'
         WHERE e.sequence = OLD.sequence) THEN
        RAISE EXCEPTION 'The audit is append-only.';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE ON audit.actor FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON audit.actor FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER forget_the_erased BEFORE DELETE ON audit.actor FOR EACH ROW EXECUTE FUNCTION audit.refuse_unless_erased();
CREATE TRIGGER append_only BEFORE UPDATE ON audit.change FOR EACH ROW EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON audit.change FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER forget_the_erased BEFORE DELETE ON audit.change FOR EACH ROW EXECUTE FUNCTION audit.refuse_unless_erased();

-- Both forms as one.
CREATE VIEW audit.full_entry AS
SELECT e.sequence, e.at, e.action, e.target, e.actor_id, coalesce(e.actor_name, a.name) AS actor_name, e.organization,
       coalesce(e.before, c.before) AS before, coalesce(e.after, c.after) AS after, coalesce(e.address, a.address) AS address, e.previous_hash, e.hash,
       e.actor_commitment, a.salt AS actor_salt, e.change_commitment, c.salt AS change_salt
  FROM audit.entry e LEFT JOIN audit.actor a USING (sequence) LEFT JOIN audit.change c USING (sequence);
