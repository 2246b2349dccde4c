-- Every business event of every module: what Insights, forecasts and the data warehouse read. Batches carry a token, so a repeated one is stored once.
CREATE TABLE events
(
    TenantId   UInt32,
    Module     LowCardinality(String),
    Type       LowCardinality(String),
    Key        String CODEC(ZSTD(1)),
    At         DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
    Actor      String CODEC(ZSTD(1)),
    -- Minor units of Currency; 0 and empty when no money moved.
    Amount     Int64 CODEC(T64, ZSTD(1)),
    Currency   LowCardinality(String),
    -- The event's own top-level texts, numbers and flags.
    Attributes Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    EventId    UUID CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(At)
ORDER BY (TenantId, Module, Type, At)
SETTINGS non_replicated_deduplication_window = 10000;
