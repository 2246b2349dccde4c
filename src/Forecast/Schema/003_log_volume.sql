-- Records an hour of the organization's own applications, out of the counts that Logs keeps.
ALTER TABLE forecast.source DROP CONSTRAINT source_kind_check;
ALTER TABLE forecast.source ADD CONSTRAINT source_kind_check CHECK (kind IN ('csv', 'openaq', 'logs'));
