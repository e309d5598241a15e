-- Why: a backfill that takes its worker down with it is not tried for ever.
-- Locks: backfill_job, for a moment.

-- Null before the first: an older version that queues late data during an upgrade writes all columns.
ALTER TABLE backfill_job ADD COLUMN attempts integer;
