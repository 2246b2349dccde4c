-- With an answer stands what stays of the person and why; a part that has to wait says for what, and has answered when answered_at is there.
ALTER TABLE identity.personal_data_answer
    ADD COLUMN stays text,
    ADD COLUMN waits text,
    ALTER COLUMN answered_at DROP NOT NULL;

-- Who did something is stored as Origin.Actor, by id, and a person's name is looked up when it is shown: so it can be forgotten.
CREATE FUNCTION identity.actor_name(actor text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN actor ~ '^user:[0-9a-f-]{36}$' THEN coalesce((SELECT name FROM identity.app_user WHERE id = substr(actor, 6)::uuid), '') ELSE actor END
$$;
