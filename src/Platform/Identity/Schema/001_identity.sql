-- Numbers are what ClickHouse stores (TenantId, AppId): four bytes in every record instead of sixteen.
CREATE TABLE identity.organization (
    id         uuid PRIMARY KEY,
    number     integer GENERATED ALWAYS AS IDENTITY UNIQUE,
    name       text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE identity.application (
    id              uuid PRIMARY KEY,
    number          integer GENERATED ALWAYS AS IDENTITY UNIQUE,
    organization_id uuid NOT NULL REFERENCES identity.organization,
    name            text NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (organization_id, name)
);

CREATE TABLE identity.app_user (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES identity.organization,
    email           text NOT NULL,
    name            text NOT NULL,
    password_hash   text,
    roles           text[] NOT NULL DEFAULT '{}',
    demo            boolean NOT NULL DEFAULT false,
    disabled_at     timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX app_user_email ON identity.app_user (lower(email));

-- The cookie holds a random token; only its hash is here, so that a stolen backup opens no session.
CREATE TABLE identity.session (
    id           uuid PRIMARY KEY,
    token_hash   bytea NOT NULL UNIQUE,
    user_id      uuid NOT NULL REFERENCES identity.app_user ON DELETE CASCADE,
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    revoked_at   timestamptz,
    address      text,
    agent        text
);
CREATE INDEX session_of_user ON identity.session (user_id);
CREATE INDEX session_expiry ON identity.session (expires_at);

CREATE TABLE identity.api_key (
    id             text PRIMARY KEY,
    secret_hash    bytea NOT NULL,
    application_id uuid NOT NULL REFERENCES identity.application ON DELETE CASCADE,
    name           text NOT NULL,
    permissions    text[] NOT NULL,
    demo           boolean NOT NULL DEFAULT false,
    created_at     timestamptz NOT NULL DEFAULT now(),
    expires_at     timestamptz,
    revoked_at     timestamptz,
    last_used_at   timestamptz
);

-- Failed sign-ins by subject (an address, an account, the pair of both). Losing it in a crash costs nothing.
CREATE UNLOGGED TABLE identity.sign_in_failure (
    subject  text PRIMARY KEY,
    failures integer NOT NULL,
    last_at  timestamptz NOT NULL
);

CREATE TABLE identity.data_protection_key (
    name       text PRIMARY KEY,
    xml        text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Nodes cache keys and sessions for seconds; whatever changes what a caller may do tells them to forget at once,
-- also when an operator changes it by hand.
CREATE FUNCTION identity.tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('rialto_identity', '');
    RETURN NULL;
END $$;
CREATE TRIGGER tell_change AFTER INSERT OR DELETE OR UPDATE OF secret_hash, permissions, expires_at, revoked_at
    ON identity.api_key FOR EACH STATEMENT EXECUTE FUNCTION identity.tell_change();
CREATE TRIGGER tell_change AFTER DELETE OR UPDATE OF revoked_at, expires_at
    ON identity.session FOR EACH STATEMENT EXECUTE FUNCTION identity.tell_change();
CREATE TRIGGER tell_change AFTER DELETE OR UPDATE OF roles, disabled_at, name, organization_id
    ON identity.app_user FOR EACH STATEMENT EXECUTE FUNCTION identity.tell_change();
CREATE TRIGGER tell_change AFTER DELETE OR UPDATE
    ON identity.application FOR EACH STATEMENT EXECUTE FUNCTION identity.tell_change();
