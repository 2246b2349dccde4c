-- The platform's own tables. Outbox and jobs follow in their own files.
COMMENT ON SCHEMA platform IS 'Migrations, outbox, jobs';
