-- A place where something is measured or sold. Its zone is the one of people's clocks there.
CREATE TABLE forecast.station (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization integer NOT NULL,
    name         text NOT NULL,
    latitude     double precision,
    longitude    double precision,
    zone         text NOT NULL,
    created_at   timestamptz NOT NULL,
    UNIQUE (organization, name)
);

-- One measure at one station on a regular step. Values are in ClickHouse; rows, first, last and revision are counted anew after each load that touched it.
CREATE TABLE forecast.series (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization integer NOT NULL,
    key          text NOT NULL,
    station      integer NOT NULL REFERENCES forecast.station,
    measure      text NOT NULL,
    unit         text NOT NULL,
    step         text NOT NULL CHECK (step IN ('hour', 'day')),
    rows         bigint NOT NULL DEFAULT 0,
    first_at     timestamptz,
    last_at      timestamptz,
    last_value   double precision,
    -- Grows with every load that changed a value: what was computed from an older one is stale.
    revision     bigint NOT NULL DEFAULT 0,
    UNIQUE (organization, key)
);
CREATE INDEX series_station ON forecast.series (station);

-- Where values come from again and again.
CREATE TABLE forecast.source (
    id              integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organization    integer NOT NULL,
    name            text NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('csv', 'openaq')),
    url             text NOT NULL,
    secret          text,
    mapping         jsonb NOT NULL,
    every_minutes   integer CHECK (every_minutes > 0),
    overlap_hours   integer NOT NULL DEFAULT 48 CHECK (overlap_hours >= 0),
    -- Values before it are known; the next run asks from here, less the overlap, because late values and corrections arrive.
    known_until     timestamptz,
    next_at         timestamptz,
    created_at      timestamptz NOT NULL,
    actor           text NOT NULL,
    UNIQUE (organization, name)
);

-- One run of the load. Its number marks every value it brought.
CREATE TABLE forecast.load (
    id            uuid PRIMARY KEY,
    number        bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
    organization  integer NOT NULL,
    actor         text NOT NULL,
    source        integer REFERENCES forecast.source ON DELETE SET NULL,
    name          text NOT NULL,
    mapping       jsonb NOT NULL,
    job           uuid,
    state         text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed', 'cancelled')),
    bytes         bigint,
    bytes_read    bigint NOT NULL DEFAULT 0,
    rows          bigint NOT NULL DEFAULT 0,
    added         bigint NOT NULL DEFAULT 0,
    unchanged     bigint NOT NULL DEFAULT 0,
    corrected     bigint NOT NULL DEFAULT 0,
    rejected      bigint NOT NULL DEFAULT 0,
    missing       bigint NOT NULL DEFAULT 0,
    reject_counts jsonb NOT NULL DEFAULT '{}',
    content_hash  bytea,
    error_code    text,
    error         text,
    report        jsonb,
    created_at    timestamptz NOT NULL,
    started_at    timestamptz,
    finished_at   timestamptz
);
CREATE INDEX load_of_organization ON forecast.load (organization, number DESC);

-- An uploaded file, in pieces, until it is loaded: any node may run the load, and nothing is left on a disk when a node dies.
CREATE TABLE forecast.load_piece (
    load   uuid NOT NULL,
    number integer NOT NULL,
    body   bytea NOT NULL,
    PRIMARY KEY (load, number)
);
ALTER TABLE forecast.load_piece ALTER COLUMN body SET STORAGE EXTERNAL;

-- The first rows of a load that could not be taken; all are counted in load.reject_counts.
CREATE TABLE forecast.load_reject (
    load    uuid NOT NULL REFERENCES forecast.load ON DELETE CASCADE,
    number  integer NOT NULL,
    line    bigint NOT NULL,
    field   text,
    code    text NOT NULL,
    message text NOT NULL,
    PRIMARY KEY (load, number)
);
