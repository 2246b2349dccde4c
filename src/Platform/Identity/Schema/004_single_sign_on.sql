-- Providers of single sign-on by OpenID Connect. The name is in addresses, so it is one of its kind in the installation.
-- ceiling: what whoever changed it last was allowed to do; the provider vouches for nobody who may more.
CREATE TABLE identity.provider (
    id              uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES identity.organization ON DELETE CASCADE,
    name            text NOT NULL UNIQUE,
    title           text NOT NULL,
    issuer          text NOT NULL,
    client_id       text NOT NULL,
    client_secret   bytea,
    scopes          text[] NOT NULL,
    claim_email     text NOT NULL,
    claim_name      text NOT NULL,
    claim_groups    text NOT NULL,
    group_names     text[] NOT NULL,
    group_roles     text[] NOT NULL,
    default_roles   text[] NOT NULL,
    email_domains   text[] NOT NULL,
    ceiling         text[] NOT NULL,
    enabled         boolean NOT NULL,
    created_at      timestamptz NOT NULL,
    CHECK (cardinality(group_names) = cardinality(group_roles))
);

CREATE TABLE identity.external_login (
    provider_id uuid NOT NULL REFERENCES identity.provider ON DELETE CASCADE,
    subject     text NOT NULL,
    user_id     uuid NOT NULL REFERENCES identity.app_user ON DELETE CASCADE,
    -- Made at the person's first sign-on: his roles follow his groups. Otherwise an account that was there before, which keeps its roles.
    made_here   boolean NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (provider_id, subject)
);
CREATE INDEX external_login_user ON identity.external_login (user_id);

-- Answers of providers that were taken: each counts once. What has expired is refused for that reason, so old rows can go.
CREATE TABLE identity.sign_on_used (
    state_hash bytea PRIMARY KEY,
    expires_at timestamptz NOT NULL
);

-- Where the session came from, and the provider's token that asks it to end its own; sealed.
ALTER TABLE identity.session ADD COLUMN provider_id uuid REFERENCES identity.provider ON DELETE SET NULL;
ALTER TABLE identity.session ADD COLUMN provider_token bytea;
