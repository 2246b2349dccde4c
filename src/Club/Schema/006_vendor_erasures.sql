-- A member who was forgotten here, and a vendor that knows him still: somebody of the desk asks the vendor, and notes that it is done.
CREATE TABLE vendor_erasure (
    id           uuid PRIMARY KEY,
    organization integer NOT NULL,
    member       uuid NOT NULL REFERENCES member,
    connector    text NOT NULL,
    -- What the vendor finds him by: numbers and references of its own, never a name. Emptied when it is done.
    found_by     text[] NOT NULL,
    asked_at     timestamptz NOT NULL,
    done_at      timestamptz,
    done_by      uuid,
    UNIQUE (member, connector)
);
CREATE INDEX vendor_erasure_open ON vendor_erasure (organization, asked_at) WHERE done_at IS NULL;

-- Who changed it is written down by id, as everywhere: a name could not be forgotten.
UPDATE experience SET changed_by = '';
UPDATE item SET changed_by = '';
