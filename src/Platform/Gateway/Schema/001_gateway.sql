CREATE TABLE gateway.usage_plan (
    name            text PRIMARY KEY,
    rate_per_second double precision NOT NULL CHECK (rate_per_second >= 0),
    burst           integer NOT NULL CHECK (burst >= 0),
    daily_quota     bigint NOT NULL CHECK (daily_quota >= 0)
);

-- One bucket for each caller and plan, shared by all nodes. A node takes tokens ahead of use (a lease) and brings back what it did not need.
CREATE TABLE gateway.usage (
    subject     text PRIMARY KEY,
    tokens      double precision NOT NULL,
    refilled_at timestamptz NOT NULL,
    day         date NOT NULL,
    used        bigint NOT NULL
) WITH (fillfactor = 50);

-- Gives each subject what it may have of what it asked for. Rate 0 and quota 0 mean no such limit. Callers pass subjects in ascending order, so that
-- two nodes never wait for each other in a circle.
CREATE FUNCTION gateway.lease(subjects text[], rates double precision[], bursts double precision[], quotas bigint[], wants bigint[], returns bigint[])
RETURNS TABLE (place integer, granted bigint, left_tokens double precision, left_quota bigint, seconds_to_midnight double precision) LANGUAGE plpgsql AS $$
DECLARE
    now_at    timestamptz := clock_timestamp();
    today     date := (now_at AT TIME ZONE 'UTC')::date;
    bucket    gateway.usage;
    available double precision;
BEGIN
    seconds_to_midnight := extract(epoch FROM ((today + 1)::timestamp AT TIME ZONE 'UTC') - now_at);
    FOR i IN 1 .. cardinality(subjects) LOOP
        place := i;
        INSERT INTO gateway.usage AS u (subject, tokens, refilled_at, day, used) VALUES (subjects[i], bursts[i], now_at, today, 0)
        ON CONFLICT (subject) DO UPDATE SET
            tokens = least(bursts[i], u.tokens + returns[i] + greatest(0, extract(epoch FROM now_at - u.refilled_at)) * rates[i]),
            refilled_at = greatest(u.refilled_at, now_at),
            used = CASE WHEN u.day = today THEN greatest(0, u.used - returns[i]) ELSE 0 END,
            day = today
        RETURNING * INTO bucket;
        available := CASE WHEN rates[i] > 0 THEN floor(bucket.tokens) ELSE wants[i] END;
        IF quotas[i] > 0 THEN available := least(available, quotas[i] - bucket.used); END IF;
        granted := greatest(0, least(available, wants[i]))::bigint;
        UPDATE gateway.usage u SET tokens = u.tokens - CASE WHEN rates[i] > 0 THEN granted ELSE 0 END, used = u.used + granted
         WHERE u.subject = subjects[i] AND granted > 0;
        left_tokens := bucket.tokens - CASE WHEN rates[i] > 0 THEN granted ELSE 0 END;
        left_quota := CASE WHEN quotas[i] > 0 THEN greatest(0, quotas[i] - bucket.used - granted) END;
        RETURN NEXT;
    END LOOP;
END $$;

-- A request that must have its effect once, by the caller's own key.
CREATE TABLE gateway.idempotency (
    caller       text NOT NULL,
    key          text NOT NULL,
    request_hash bytea NOT NULL,
    token        uuid NOT NULL,
    started_at   timestamptz NOT NULL,
    lease_until  timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    status       integer,
    content_type text,
    body         bytea,
    PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_expiry ON gateway.idempotency (expires_at);

CREATE FUNCTION gateway.tell_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('rialto_gateway', 'plans');
    RETURN NULL;
END $$;
CREATE TRIGGER tell_change AFTER INSERT OR UPDATE OR DELETE ON gateway.usage_plan FOR EACH STATEMENT EXECUTE FUNCTION gateway.tell_change();
