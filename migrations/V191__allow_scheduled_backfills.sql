-- Why: selections may be judged again on a schedule.
-- Locks: backfill_job, while its rows are checked; it has few.

ALTER TABLE backfill_job DROP CONSTRAINT backfill_job_reason_check;
ALTER TABLE backfill_job ADD CONSTRAINT backfill_job_reason_check
    CHECK (reason IN ('request', 'late_data', 'schedule'));
