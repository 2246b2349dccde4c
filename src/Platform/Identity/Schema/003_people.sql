ALTER TABLE identity.organization ADD COLUMN disabled_at timestamptz;
CREATE TRIGGER tell_change AFTER DELETE OR UPDATE ON identity.organization FOR EACH STATEMENT EXECUTE FUNCTION identity.tell_change();

-- How long the application's records are kept; null is what the installation keeps.
ALTER TABLE identity.application ADD COLUMN retention_days integer CHECK (retention_days BETWEEN 1 AND 3650);

-- Who was invited and has not come yet has no joined_at. An erased person's row stays, emptied, because other rows name its id.
ALTER TABLE identity.app_user ADD COLUMN joined_at timestamptz DEFAULT now();
ALTER TABLE identity.app_user ADD COLUMN password_changed_at timestamptz;
ALTER TABLE identity.app_user ADD COLUMN last_seen_at timestamptz;
ALTER TABLE identity.app_user ADD COLUMN erased_at timestamptz;
CREATE INDEX app_user_organization ON identity.app_user (organization_id, id);

-- Roles that an organization made for itself, beside those that come with the product.
CREATE TABLE identity.role (
    organization_id uuid NOT NULL REFERENCES identity.organization ON DELETE CASCADE,
    name            text NOT NULL,
    title           text NOT NULL,
    permissions     text[] NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (organization_id, name)
);
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE ON identity.role FOR EACH STATEMENT EXECUTE FUNCTION identity.tell_change();

CREATE FUNCTION identity.own_permissions(organization uuid, roles text[]) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(DISTINCT permission), '{}')
      FROM identity.role r, unnest(r.permissions) AS permission
     WHERE r.organization_id = organization AND r.name = ANY(roles)
$$;

-- The secret is sealed; the last step used keeps a code from being used twice. Unconfirmed until the person has typed a code of it.
CREATE TABLE identity.totp (
    user_id      uuid PRIMARY KEY REFERENCES identity.app_user ON DELETE CASCADE,
    sealed       bytea NOT NULL,
    last_step    bigint NOT NULL DEFAULT 0,
    created_at   timestamptz NOT NULL DEFAULT now(),
    confirmed_at timestamptz
);

CREATE TABLE identity.recovery_code (
    user_id uuid NOT NULL REFERENCES identity.app_user ON DELETE CASCADE,
    hash    bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (user_id, hash)
);

-- Whoever gave the right password and still owes the second factor.
CREATE TABLE identity.sign_in_challenge (
    token_hash bytea PRIMARY KEY,
    user_id    uuid NOT NULL REFERENCES identity.app_user ON DELETE CASCADE,
    expires_at timestamptz NOT NULL,
    tries      integer NOT NULL DEFAULT 0
);

-- Lets an administrator unlock an account without knowing from where it was locked.
ALTER TABLE identity.sign_in_failure ADD COLUMN account text;
CREATE INDEX sign_in_failure_account ON identity.sign_in_failure (account);

-- purpose: join (a new person), first (the first administrator; nobody is named yet), password (a person who forgot his).
CREATE TABLE identity.invitation (
    id              uuid PRIMARY KEY,
    purpose         text NOT NULL CHECK (purpose IN ('join', 'first', 'password')),
    organization_id uuid REFERENCES identity.organization,
    user_id         uuid REFERENCES identity.app_user ON DELETE CASCADE,
    created_by      text NOT NULL,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    accepted_at     timestamptz,
    base_address    text NOT NULL,
    language        text NOT NULL,
    mail            text NOT NULL DEFAULT 'none' CHECK (mail IN ('none', 'waiting', 'sent', 'failed')),
    CHECK (purpose = 'first' OR (user_id IS NOT NULL AND organization_id IS NOT NULL))
);
CREATE INDEX invitation_user ON identity.invitation (user_id);

-- Every mail carries a token of its own, made when it is sent: no queue ever holds one. All of an invitation's tokens work until it is accepted or ends.
CREATE TABLE identity.invitation_token (
    hash          bytea PRIMARY KEY,
    invitation_id uuid NOT NULL REFERENCES identity.invitation ON DELETE CASCADE
);
