-- Every night: what this club says it has taken in points against Memberson's own transactions.
CREATE TABLE comparison (
    id          uuid PRIMARY KEY,
    began_at    timestamptz NOT NULL,
    ended_at    timestamptz,
    members     integer NOT NULL DEFAULT 0,
    -- Members of whom the vendor told nothing: they are compared the next night.
    skipped     integer NOT NULL DEFAULT 0
);

CREATE TABLE comparison_difference (
    comparison uuid NOT NULL REFERENCES comparison ON DELETE CASCADE,
    member     uuid NOT NULL REFERENCES member,
    receipt    text NOT NULL,
    kind       text NOT NULL CHECK (kind IN ('missing-there', 'missing-here', 'amount', 'twice')),
    booking    uuid,
    here       bigint NOT NULL,
    there      bigint NOT NULL,
    PRIMARY KEY (comparison, member, receipt)
);
