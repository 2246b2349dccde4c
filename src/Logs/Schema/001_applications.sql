-- What is agreed with an application about its records. An application without a row has the defaults.
CREATE TABLE logs.application (
    number             integer PRIMARY KEY REFERENCES identity.application (number) ON DELETE CASCADE,
    retention_days     smallint NOT NULL DEFAULT 30 CHECK (retention_days BETWEEN 1 AND 180),
    records_per_second integer CHECK (records_per_second > 0),
    bytes_per_day      bigint CHECK (bytes_per_day > 0)
);

-- What applications sent, by day in UTC; every node adds its own part.
CREATE TABLE logs.usage (
    application integer NOT NULL REFERENCES identity.application (number) ON DELETE CASCADE,
    day         date NOT NULL,
    records     bigint NOT NULL DEFAULT 0,
    bytes       bigint NOT NULL DEFAULT 0,
    rejected    bigint NOT NULL DEFAULT 0,
    last_at     timestamptz NOT NULL,
    PRIMARY KEY (application, day)
);

-- Syslog carries no key, so the sender's address says whose records they are. An address without a row is refused.
CREATE TABLE logs.syslog_source (
    network     cidr PRIMARY KEY,
    application integer NOT NULL REFERENCES identity.application (number) ON DELETE CASCADE
);
