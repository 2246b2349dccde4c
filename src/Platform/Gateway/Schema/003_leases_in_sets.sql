-- The same as before for all subjects in one pass: with thousands of callers at a low rate the leases are most of what plans cost.
CREATE OR REPLACE FUNCTION gateway.lease(subjects text[], rates double precision[], bursts double precision[], quotas bigint[], wants bigint[], returns bigint[])
RETURNS TABLE (place integer, granted bigint, left_tokens double precision, left_quota bigint, seconds_to_midnight double precision) LANGUAGE plpgsql AS $$
DECLARE
    now_at    timestamptz := clock_timestamp();
    today     date := (now_at AT TIME ZONE 'UTC')::date;
    remaining double precision := extract(epoch FROM ((today + 1)::timestamp AT TIME ZONE 'UTC') - now_at);
BEGIN
    INSERT INTO gateway.usage (subject, tokens, refilled_at, day, used)
    SELECT asked.subject, asked.burst, now_at, today, 0
      FROM unnest(subjects, bursts) AS asked (subject, burst)
     WHERE NOT EXISTS (SELECT 1 FROM gateway.usage u WHERE u.subject = asked.subject)
     ORDER BY asked.subject
    ON CONFLICT DO NOTHING;

    RETURN QUERY
    WITH refilled AS MATERIALIZED (
        -- Locked in one order, so that two nodes never wait for each other in a circle.
        SELECT asked.*,
               least(asked.burst, u.tokens + asked.back + greatest(0, extract(epoch FROM now_at - u.refilled_at)) * asked.rate) AS tokens,
               CASE WHEN u.day = today THEN greatest(0, u.used - asked.back) ELSE 0 END AS used
          FROM unnest(subjects, rates, bursts, quotas, wants, returns) WITH ORDINALITY AS asked (subject, rate, burst, quota, want, back, ordinal)
          JOIN gateway.usage u ON u.subject = asked.subject
         ORDER BY u.subject
           FOR UPDATE OF u
    ), given AS (
        SELECT r.*, greatest(0, least(r.want, CASE WHEN r.rate > 0 THEN floor(r.tokens) ELSE r.want END, CASE WHEN r.quota > 0 THEN r.quota - r.used ELSE r.want END))::bigint AS tokens_given
          FROM refilled r
    )
    UPDATE gateway.usage u
       SET tokens = g.tokens - CASE WHEN g.rate > 0 THEN g.tokens_given ELSE 0 END, refilled_at = greatest(u.refilled_at, now_at), day = today, used = g.used + g.tokens_given
      FROM given g
     WHERE u.subject = g.subject
    RETURNING g.ordinal::integer, g.tokens_given, u.tokens, CASE WHEN g.quota > 0 THEN greatest(0, g.quota - u.used) END, remaining;
END $$;
