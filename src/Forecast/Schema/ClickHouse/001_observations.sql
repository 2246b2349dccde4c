-- Every value that was ever loaded. A correction is a later version beside the one it replaces, so that what was known at any moment can be read again.
CREATE TABLE forecast_observations
(
    TenantId UInt32 CODEC(T64, ZSTD(1)),
    SeriesId UInt32 CODEC(T64, ZSTD(1)),
    At       DateTime('UTC') CODEC(DoubleDelta, ZSTD(1)),
    Value    Float64 CODEC(Gorilla, ZSTD(1)),
    Version  UInt64 CODEC(Delta(8), ZSTD(1)),
    Load     UInt64 CODEC(Delta(8), ZSTD(1))
)
ENGINE = MergeTree
ORDER BY (TenantId, SeriesId, At, Version)
SETTINGS non_replicated_deduplication_window = 1000;
