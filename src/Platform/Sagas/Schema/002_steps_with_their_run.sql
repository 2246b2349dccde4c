-- A step is written with its run, in one transaction, and no run is ever deleted.
ALTER TABLE step DROP CONSTRAINT step_run_fkey;
