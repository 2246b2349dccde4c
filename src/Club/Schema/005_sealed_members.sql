-- Who a member is stands sealed in one column, bound to its row; searched by hashes under a key that is a secret itself.
-- What is in the clear still is sealed by the first node that starts (SealMembers).
ALTER TABLE member
    ALTER COLUMN name DROP NOT NULL,
    ALTER COLUMN first_name DROP NOT NULL,
    ALTER COLUMN last_name DROP NOT NULL,
    ALTER COLUMN email DROP NOT NULL,
    ADD COLUMN sealed bytea,
    ADD COLUMN search bigint[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT member_sealed_or_clear CHECK (sealed IS NULL OR coalesce(name, first_name, last_name, email) IS NULL);
CREATE INDEX member_search ON member USING gin (search);
