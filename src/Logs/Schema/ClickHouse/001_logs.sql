-- Records of all applications. Reasons and measurements: docs/decisions, "The table of records".
CREATE TABLE logs
(
    TenantId          UInt32 CODEC(T64, ZSTD(1)),
    AppId             UInt32 CODEC(T64, ZSTD(1)),
    Timestamp         DateTime64(9, 'UTC') CODEC(Delta(8), ZSTD(1)),
    ObservedTimestamp DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
    Seq               UInt64 CODEC(Delta(8), ZSTD(1)),
    ServiceName       LowCardinality(String) CODEC(ZSTD(1)),
    Environment       LowCardinality(String) CODEC(ZSTD(1)),
    Host              LowCardinality(String) CODEC(ZSTD(1)),
    SeverityNumber    UInt8 CODEC(ZSTD(1)),
    TraceId           FixedString(16) CODEC(ZSTD(1)),
    SpanId            FixedString(8) CODEC(ZSTD(1)),
    PatternId         UInt64 CODEC(ZSTD(1)),
    Body              String CODEC(ZSTD(1)),
    Resource          Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    Attributes        Map(LowCardinality(String), String) CODEC(ZSTD(1)),
    AttributesNumber  Map(LowCardinality(String), Float64) CODEC(ZSTD(1)),
    RetentionDays     UInt16 CODEC(ZSTD(1)),
    AttributeItems    Array(String) ALIAS arrayMap(x -> concat(x.1, '=', x.2), Attributes::Array(Tuple(String, String))),
    ResourceItems     Array(String) ALIAS arrayMap(x -> concat(x.1, '=', x.2), Resource::Array(Tuple(String, String))),
    -- Which token of the body is in which index: src/Logs/Query/Tokens.cs knows the same rule.
    BodyWords         String ALIAS replaceRegexpAll(lower(Body), '[a-z]*[0-9][0-9a-z]*', ''),
    BodyTokens        Array(String) ALIAS arrayFilter(token -> length(token) > 2, tokens(lower(Body))),
    INDEX idx_word BodyWords TYPE text(tokenizer = 'splitByNonAlpha', posting_list_codec = 'none'),
    INDEX idx_id BodyTokens TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_seq Seq TYPE minmax GRANULARITY 1,
    INDEX idx_trace TraceId TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_attr AttributeItems TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_res ResourceItems TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX idx_attr_key mapKeys(Attributes) TYPE text(tokenizer = 'array')
)
ENGINE = MergeTree
PARTITION BY (toDate(Timestamp), RetentionDays)
ORDER BY (TenantId, toStartOfFiveMinutes(Timestamp), AppId, ServiceName, Timestamp)
TTL toDateTime(Timestamp) + toIntervalDay(RetentionDays)
SETTINGS
    index_granularity = 2048,
    ttl_only_drop_parts = 1,
    merge_with_ttl_timeout = 3600,
    non_replicated_deduplication_window = 10000;

-- Counts and bytes a minute: histograms of plain filters, and the volume of each application.
CREATE TABLE logs_1m
(
    TenantId       UInt32,
    AppId          UInt32,
    Minute         DateTime('UTC') CODEC(Delta, ZSTD(1)),
    ServiceName    LowCardinality(String),
    Environment    LowCardinality(String),
    SeverityNumber UInt8,
    Rows           SimpleAggregateFunction(sum, UInt64),
    Bytes          SimpleAggregateFunction(sum, UInt64)
)
ENGINE = AggregatingMergeTree
PARTITION BY toYYYYMM(Minute)
ORDER BY (TenantId, Minute, AppId, ServiceName, Environment, SeverityNumber)
TTL Minute + INTERVAL 400 DAY
SETTINGS non_replicated_deduplication_window = 10000;

CREATE MATERIALIZED VIEW logs_1m_mv TO logs_1m AS
SELECT
    TenantId,
    AppId,
    toStartOfMinute(Timestamp) AS Minute,
    ServiceName,
    Environment,
    SeverityNumber,
    count() AS Rows,
    sum(length(Body)) AS Bytes
FROM logs
GROUP BY TenantId, AppId, Minute, ServiceName, Environment, SeverityNumber;
