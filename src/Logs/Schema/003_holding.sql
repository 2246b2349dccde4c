-- A node that has records of an application on their way says so here, from before the first is acknowledged until all of them are searchable.
-- The reference makes it exact: of the row and the application's deletion only one happens, and a deletion waits for who is writing the row.
CREATE TABLE logs.holding (
    application integer NOT NULL REFERENCES identity.application (number),
    node        smallint NOT NULL,
    PRIMARY KEY (application, node)
);
