-- An entry of the first form can be put into the second, so that it can forget a person too. Its own hash stays, because the next entry stands on it; what
-- takes its place for the fields that remain is written into a new entry, audit.reseal, whose target is entry:sequence.
CREATE FUNCTION audit.refuse_unless_resealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.actor_commitment IS NULL AND NEW.actor_commitment IS NOT NULL
       AND (NEW.sequence, NEW.at, NEW.action, NEW.target, NEW.actor_id, NEW.organization, NEW.previous_hash, NEW.hash)
         = (OLD.sequence, OLD.at, OLD.action, OLD.target, OLD.actor_id, OLD.organization, OLD.previous_hash, OLD.hash)
       AND EXISTS (SELECT 1 FROM audit.entry WHERE action = 'audit.reseal' AND target = 'entry:' || OLD.sequence)
       AND EXISTS (SELECT 1 FROM audit.entry WHERE action = 'identity.person.erase' AND target IN ('user:' || OLD.actor_id, 'user:' || split_part(OLD.target, ':', 2))) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The audit is append-only.';
END $$;
DROP TRIGGER append_only ON audit.entry;
CREATE TRIGGER append_only BEFORE UPDATE ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.refuse_unless_resealed();
CREATE TRIGGER append_only_rows BEFORE DELETE ON audit.entry FOR EACH ROW EXECUTE FUNCTION audit.refuse();
