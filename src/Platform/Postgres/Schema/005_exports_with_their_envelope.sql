-- An export is written with its envelope, and Cleaning keeps an envelope as long as it has one: looking it up again for each event is for nothing.
ALTER TABLE platform.event_export DROP CONSTRAINT event_export_position_fkey;
