-- Gives what generate.sql has made its history, which exports are read from: a first revision of each record, under one log entry.
\set ON_ERROR_STOP on
SET synchronous_commit = off;
BEGIN;
INSERT INTO revision (record_type, record_id, number, state, author, reason, created_at, log_position)
SELECT s.record_type, s.record_id, 1, s.state, 'generated/1', 'generated', now(), h.position + 1
FROM (
    SELECT record_type, record_id, state FROM record_state
    UNION ALL
    SELECT record_type, record_id, state FROM name_state
) s
CROSS JOIN log_head h;
SELECT append_log_entry('generated/1', 'data.generated', '{}', '[]') \g /dev/null
COMMIT;
VACUUM ANALYZE revision;
