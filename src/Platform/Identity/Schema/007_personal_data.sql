-- What was asked of the modules about a person: to tell all they keep (export), or to forget him (erase). Each answers in its own time.
CREATE TABLE identity.personal_data_request (
    id              uuid PRIMARY KEY,
    kind            text NOT NULL CHECK (kind IN ('export', 'erase')),
    person          uuid NOT NULL REFERENCES identity.app_user ON DELETE CASCADE,
    organization_id uuid NOT NULL REFERENCES identity.organization,
    asked_by        uuid NOT NULL,
    -- Who has to answer: the parts that were known when it was asked.
    parts           text[] NOT NULL,
    created_at      timestamptz NOT NULL
);
CREATE INDEX personal_data_request_person ON identity.personal_data_request (person, kind, created_at);

-- An export is kept for a day; of an erasure only that it was done.
CREATE TABLE identity.personal_data_answer (
    request     uuid NOT NULL REFERENCES identity.personal_data_request ON DELETE CASCADE,
    part        text NOT NULL,
    data        text,
    answered_at timestamptz NOT NULL,
    PRIMARY KEY (request, part)
);
