-- Programs that sign in with an id and a secret (OAuth 2 client credentials). Of every secret only the hash is here.
CREATE TABLE identity.client (
    id             text PRIMARY KEY,
    secret_hash    bytea NOT NULL,
    application_id uuid NOT NULL REFERENCES identity.application ON DELETE CASCADE,
    name           text NOT NULL,
    permissions    text[] NOT NULL,
    created_at     timestamptz NOT NULL,
    last_used_at   timestamptz,
    revoked_at     timestamptz
);

-- Tokens of clients (client), of people for their scripts (personal), and of apps that a person signed in with (app and refresh, of one family).
-- A refresh token that comes a second time was stolen from somebody: its whole family ends.
CREATE TABLE identity.token (
    id           text PRIMARY KEY,
    hash         bytea NOT NULL,
    kind         text NOT NULL CHECK (kind IN ('client', 'personal', 'app', 'refresh')),
    family       uuid NOT NULL,
    client_id    text REFERENCES identity.client ON DELETE CASCADE,
    user_id      uuid REFERENCES identity.app_user ON DELETE CASCADE,
    name         text NOT NULL,
    permissions  text[] NOT NULL,
    created_at   timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    used_at      timestamptz,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    CHECK ((client_id IS NULL) <> (user_id IS NULL))
);
CREATE INDEX token_family ON identity.token (family);
CREATE INDEX token_user ON identity.token (user_id);
CREATE INDEX token_client ON identity.token (client_id);
CREATE INDEX token_expiry ON identity.token (expires_at);

CREATE TRIGGER tell_change AFTER DELETE OR UPDATE OF revoked_at, expires_at ON identity.token FOR EACH STATEMENT EXECUTE FUNCTION identity.tell_change();
CREATE TRIGGER tell_change AFTER DELETE OR UPDATE OF revoked_at, permissions ON identity.client FOR EACH STATEMENT EXECUTE FUNCTION identity.tell_change();
