-- How a promoted model fares on what was measured after its training: its last check for each series it answers for.
CREATE TABLE forecast.drift (
    model        uuid NOT NULL REFERENCES forecast.model,
    series       integer NOT NULL REFERENCES forecast.series,
    checked_at   timestamptz NOT NULL,
    -- The checked outcomes lie in [since, until].
    since        timestamptz NOT NULL,
    until        timestamptz NOT NULL,
    outcomes     integer NOT NULL,
    mae          double precision NOT NULL,
    baseline     text NOT NULL,
    baseline_mae double precision NOT NULL,
    level        double precision NOT NULL,
    coverage     double precision NOT NULL,
    -- Checks in a row that found it no better than its baseline, or its interval far off its level.
    breaches     integer NOT NULL,
    PRIMARY KEY (model, series)
);
