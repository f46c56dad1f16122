-- Adds one entry to the log, for writes that are not an ingest's. It takes the lock that puts writers in line (log_head):
-- call it last, after all other locks. Who needs the entry's position before, for the revisions that it tells of, locks
-- log_head itself (SELECT ... FOR UPDATE) and takes position + 1.
CREATE FUNCTION append_log_entry(actor text, kind text, subject jsonb, revisions jsonb) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    head log_head;
BEGIN
    IF jsonb_typeof(append_log_entry.subject) IS DISTINCT FROM 'object'
        OR jsonb_typeof(append_log_entry.revisions) IS DISTINCT FROM 'array'
    THEN
        RAISE EXCEPTION 'an entry has an object as its subject and an array of revisions' USING ERRCODE = 'check_violation';
    END IF;
    SELECT * INTO STRICT head FROM log_head FOR UPDATE;
    head := chain_entry(head, clock_timestamp(), jsonb_build_object(
        'actor', append_log_entry.actor,
        'kind', append_log_entry.kind,
        'subject', append_log_entry.subject,
        'revisions', append_log_entry.revisions));
    UPDATE log_head SET position = head.position, hash = head.hash;
    RETURN head.position;
END
$$;
COMMENT ON FUNCTION append_log_entry IS
    'Adds one entry to the log and returns its position; revisions: [[type, id, number, SHA-256 of the state in hexadecimal], ...]';
