-- The plan of the keys that people make for themselves in the developer portal. An administrator may change it, not delete it.
INSERT INTO gateway.usage_plan (name, rate_per_second, burst, daily_quota) VALUES ('portal', 20, 40, 50000) ON CONFLICT DO NOTHING;
