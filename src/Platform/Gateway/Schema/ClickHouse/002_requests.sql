-- One row for each request that passed the gateway; who asked is a key or an application, never the address of a person.
CREATE TABLE requests
(
    TenantId      UInt32 CODEC(T64, ZSTD(1)),
    AppId         UInt32 CODEC(T64, ZSTD(1)),
    Timestamp     DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    NodeId        UInt16 CODEC(ZSTD(1)),
    Method        LowCardinality(String) CODEC(ZSTD(1)),
    Route         LowCardinality(String) CODEC(ZSTD(1)),
    Status        UInt16 CODEC(ZSTD(1)),
    DurationUs    UInt32 CODEC(T64, ZSTD(1)),
    RequestBytes  UInt64 CODEC(T64, ZSTD(1)),
    ResponseBytes UInt64 CODEC(T64, ZSTD(1)),
    Credential    LowCardinality(String) CODEC(ZSTD(1)),
    Upstream      LowCardinality(String) CODEC(ZSTD(1)),
    UpstreamUs    UInt32 CODEC(T64, ZSTD(1)),
    Firewall      LowCardinality(String) CODEC(ZSTD(1)),
    TraceId       FixedString(16) CODEC(ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(Timestamp)
ORDER BY (TenantId, Route, toStartOfHour(Timestamp), Timestamp)
TTL toDateTime(Timestamp) + INTERVAL 90 DAY;
