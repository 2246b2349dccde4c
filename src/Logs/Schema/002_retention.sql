-- How long records are kept is said once, with the application.
UPDATE identity.application AS a
   SET retention_days = l.retention_days
  FROM logs.application AS l
 WHERE l.number = a.number AND a.retention_days IS NULL;

ALTER TABLE logs.application DROP COLUMN retention_days;
