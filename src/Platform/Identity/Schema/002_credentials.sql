-- The usage plan a key is on (gateway.usage_plan); none = unlimited. A rotated key says which one follows it.
ALTER TABLE identity.api_key ADD COLUMN plan text;
ALTER TABLE identity.api_key ADD COLUMN replaced_by text;
CREATE TRIGGER tell_plan AFTER UPDATE OF plan ON identity.api_key FOR EACH STATEMENT EXECUTE FUNCTION identity.tell_change();
