-- One credential that changes is told of by itself, so that a sign-out lets the nodes forget that session and not all they know. Everything that many
-- credentials depend on (a person, an application, a role) is told of as before, without saying which. The hash of a cookie opens nothing.
CREATE FUNCTION identity.tell_credential() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed record;
BEGIN
    IF TG_OP = 'DELETE' THEN changed := OLD; ELSE changed := NEW; END IF;
    IF TG_TABLE_NAME = 'session' THEN
        PERFORM pg_notify('rialto_identity', 'session:' || encode(changed.token_hash, 'hex'));
    ELSIF TG_TABLE_NAME = 'api_key' THEN
        PERFORM pg_notify('rialto_identity', 'key:' || changed.id);
    ELSE
        PERFORM pg_notify('rialto_identity', 'token:' || changed.id);
    END IF;
    RETURN NULL;
END $$;

DROP TRIGGER tell_change ON identity.session;
CREATE TRIGGER tell_change AFTER DELETE OR UPDATE OF revoked_at, expires_at
    ON identity.session FOR EACH ROW EXECUTE FUNCTION identity.tell_credential();

DROP TRIGGER tell_change ON identity.api_key;
DROP TRIGGER tell_plan ON identity.api_key;
CREATE TRIGGER tell_change AFTER INSERT OR DELETE OR UPDATE OF secret_hash, permissions, expires_at, revoked_at, plan
    ON identity.api_key FOR EACH ROW EXECUTE FUNCTION identity.tell_credential();

DROP TRIGGER tell_change ON identity.token;
CREATE TRIGGER tell_change AFTER DELETE OR UPDATE OF revoked_at, expires_at
    ON identity.token FOR EACH ROW EXECUTE FUNCTION identity.tell_credential();
