-- A key that a person made for himself in the developer portal: it may never do more than he may, and ends with him.
ALTER TABLE identity.api_key ADD COLUMN owner_id uuid REFERENCES identity.app_user ON DELETE CASCADE;
CREATE INDEX api_key_owner ON identity.api_key (owner_id) WHERE owner_id IS NOT NULL;
