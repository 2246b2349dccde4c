-- Who did something is stored as everywhere, user:<id>: a person's name is looked up when it is shown, so it can be forgotten. A name that several have stays nobody's.
CREATE FUNCTION forecast.id_of(in_organization integer, person text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT 'user:' || (array_agg(u.id))[1] FROM identity.app_user u JOIN identity.organization o ON o.id = u.organization_id
                      WHERE o.number = in_organization AND u.name = person HAVING count(*) = 1), '')
$$;
UPDATE forecast.source SET actor = forecast.id_of(organization, actor) WHERE actor <> 'demo' AND actor !~ '^[a-z]+:';
UPDATE forecast.load SET actor = forecast.id_of(organization, actor) WHERE actor <> 'demo' AND actor !~ '^[a-z]+:';
UPDATE forecast.model SET actor = forecast.id_of(organization, actor) WHERE actor <> 'demo' AND actor !~ '^[a-z]+:';
UPDATE forecast.promotion SET actor = forecast.id_of(organization, actor) WHERE actor <> 'demo' AND actor !~ '^[a-z]+:';
UPDATE platform.job SET actor = forecast.id_of(organization, actor) WHERE kind LIKE 'forecast.%' AND actor <> 'demo' AND actor !~ '^[a-z]+:';
DROP FUNCTION forecast.id_of;
