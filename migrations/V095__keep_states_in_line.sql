-- Why: a detector's state is about two kilobytes of numbers, just above the size from which PostgreSQL
-- compresses a value and moves it to another table. Neither pays: at a checkpoint of a million series it
-- was most of the database's time.
-- Locks: the table for a moment; nothing is rewritten.
ALTER TABLE detector_snapshot ALTER COLUMN state SET STORAGE EXTERNAL;
ALTER TABLE detector_snapshot SET (toast_tuple_target = 8160);
