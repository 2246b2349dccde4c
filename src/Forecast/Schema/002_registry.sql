-- Trained models. A row is written once, when its training has ended well, and does not change.
CREATE TABLE forecast.model (
    id            uuid PRIMARY KEY,
    organization  integer NOT NULL,
    name          text NOT NULL,
    version       integer NOT NULL,
    measure       text NOT NULL,
    series        integer[] NOT NULL,
    series_keys   text[] NOT NULL,
    horizon       integer NOT NULL,
    step          text NOT NULL,
    parameters    jsonb NOT NULL,
    card          jsonb NOT NULL,
    passed        boolean NOT NULL,
    file          bytea NOT NULL,
    file_hash     text NOT NULL,
    data_hash     text NOT NULL,
    trained_until timestamptz NOT NULL,
    job           uuid NOT NULL UNIQUE,
    actor         text NOT NULL,
    created_at    timestamptz NOT NULL,
    UNIQUE (organization, name, version)
);
ALTER TABLE forecast.model ALTER COLUMN file SET STORAGE EXTERNAL;

-- Which model answers for a series: the row without an end. The others are history, and what a rollback goes back to.
CREATE TABLE forecast.promotion (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization integer NOT NULL,
    series       integer NOT NULL REFERENCES forecast.series,
    model        uuid NOT NULL REFERENCES forecast.model,
    actor        text NOT NULL,
    began_at     timestamptz NOT NULL,
    ended_at     timestamptz
);
CREATE UNIQUE INDEX promotion_in_force ON forecast.promotion (series) WHERE ended_at IS NULL;

-- A file that came with a test; it goes when the test has ended.
CREATE TABLE forecast.test_piece (
    test   uuid NOT NULL,
    number integer NOT NULL,
    body   bytea NOT NULL,
    PRIMARY KEY (test, number)
);
