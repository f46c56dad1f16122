-- Writes the history of a transaction that did one thing, whatever records that took: a revision of each record whose state is
-- new, and one log entry that lists them all. Call it last: it takes the lock that puts writers in line.
--
-- papers: those whose records may have changed. record_types and record_ids run in parallel: benchmarks, metrics, models and
-- corrections that may have.
CREATE FUNCTION record_change(
    author text, kind text, reason text, subject jsonb,
    papers bigint[], record_types text[], record_ids bigint[]
) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    head log_head;
    coming bigint;
    happened timestamptz;
    changed record;
    told jsonb;
BEGIN
    SELECT * INTO STRICT head FROM log_head FOR UPDATE;
    coming := head.position + 1;
    happened := clock_timestamp();

    INSERT INTO revision (record_type, record_id, number, state, author, reason, created_at, log_position)
    SELECT
        s.record_type, s.record_id, coalesce(newest.number, 0) + 1, s.state,
        record_change.author, record_change.reason, happened, coming
    FROM (
        SELECT r.record_type, r.record_id, r.state
        FROM record_state r
        WHERE r.paper_id = ANY (record_change.papers)
        UNION ALL
        SELECT n.record_type, n.record_id, n.state
        FROM (
            SELECT DISTINCT t.record_type, t.record_id
            FROM unnest(record_change.record_types, record_change.record_ids) AS t (record_type, record_id)
        ) named
        JOIN name_state n ON n.record_type = named.record_type AND n.record_id = named.record_id
        UNION ALL
        SELECT c.record_type, c.record_id, c.state
        FROM (
            SELECT DISTINCT t.record_type, t.record_id
            FROM unnest(record_change.record_types, record_change.record_ids) AS t (record_type, record_id)
        ) named
        JOIN correction_state c ON c.record_type = named.record_type AND c.record_id = named.record_id
    ) s
    LEFT JOIN LATERAL (
        SELECT r.number, r.state FROM revision r
        WHERE r.record_type = s.record_type AND r.record_id = s.record_id
        ORDER BY r.number DESC LIMIT 1
    ) newest ON true
    WHERE s.state IS DISTINCT FROM newest.state;

    FOR changed IN
        SELECT DISTINCT r.record_type FROM revision r WHERE r.log_position = coming AND r.number > 1
    LOOP
        EXECUTE format(
            'UPDATE %I t SET revision = r.number FROM revision r
             WHERE r.log_position = $1 AND r.number > 1 AND r.record_type = $2 AND t.id = r.record_id',
            changed.record_type
        ) USING coming, changed.record_type;
    END LOOP;

    SELECT coalesce(
        jsonb_agg(
            jsonb_build_array(
                r.record_type, r.record_id, r.number, encode(sha256(convert_to(r.state::text, 'UTF8')), 'hex'))
            ORDER BY r.record_type, r.record_id),
        '[]')
    INTO told
    FROM revision r WHERE r.log_position = coming;

    head := chain_entry(head, happened, jsonb_build_object(
        'actor', record_change.author,
        'kind', record_change.kind,
        'reason', record_change.reason,
        'subject', record_change.subject,
        'revisions', told));
    UPDATE log_head SET position = head.position, hash = head.hash;
    RETURN head.position;
END
$$;
COMMENT ON FUNCTION record_change IS 'Adds the revisions and the one log entry of a transaction; returns the log''s new head position';
