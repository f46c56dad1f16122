-- Writes the history of a transaction that has changed papers: a revision of each record whose state is new, and one log
-- entry a paper. Call it last: it takes the lock that puts writers in line (log_head) and the transaction should end soon.
--
-- papers, kinds and reasons run in parallel, as do name_types, name_ids and name_papers: benchmarks, metrics and models
-- that are new or got another alias, each with the paper of the list in whose log entry that is told.
CREATE FUNCTION record_changes(
    author text,
    papers bigint[], kinds text[], reasons text[],
    name_types text[], name_ids bigint[], name_papers bigint[]
) RETURNS bigint
LANGUAGE plpgsql
-- States are put to their papers by a hash, also where an ingest has the planner go by indexes.
SET enable_hashjoin = on
AS $$
DECLARE
    head log_head;
    started bigint;
    happened timestamptz;
    changed record;
BEGIN
    SELECT * INTO STRICT head FROM log_head FOR UPDATE;
    started := head.position;
    happened := clock_timestamp();

    -- When a new paper was read; of one that is read anew, paper_is_read tells.
    INSERT INTO paper_reading (paper_id, from_position, extracted_at)
    SELECT p.id, coming_position(), p.extracted_at
    FROM unnest(record_changes.papers, record_changes.kinds) AS n (paper_id, kind)
    JOIN paper p ON p.id = n.paper_id
    WHERE n.kind = 'paper.created';

    -- Materialized, so that each state is made once and not for every use of it.
    WITH present AS MATERIALIZED (
        SELECT s.record_type, s.record_id, s.paper_id, s.state FROM record_state s
        WHERE s.paper_id = ANY (record_changes.papers)
    )
    INSERT INTO revision (record_type, record_id, number, state, author, reason, created_at, log_position)
    SELECT
        s.record_type, s.record_id, coalesce(newest.number, 0) + 1, s.state,
        record_changes.author, p.reason, happened, started + p.place
    FROM present s
    JOIN unnest(record_changes.papers, record_changes.reasons) WITH ORDINALITY AS p (paper_id, reason, place)
        ON p.paper_id = s.paper_id
    LEFT JOIN LATERAL (
        SELECT r.number, r.state FROM revision r
        WHERE r.record_type = s.record_type AND r.record_id = s.record_id
        ORDER BY r.number DESC LIMIT 1
    ) newest ON true
    WHERE s.state IS DISTINCT FROM newest.state;

    INSERT INTO revision (record_type, record_id, number, state, author, reason, created_at, log_position)
    SELECT
        s.record_type, s.record_id, coalesce(newest.number, 0) + 1, s.state,
        record_changes.author, n.reason, happened, started + n.place
    FROM (
        -- A name that several papers change is told once, with the first of them.
        SELECT DISTINCT ON (name.record_type, name.record_id) name.record_type, name.record_id, p.reason, p.place
        FROM unnest(record_changes.name_types, record_changes.name_ids, record_changes.name_papers)
            AS name (record_type, record_id, paper_id)
        JOIN unnest(record_changes.papers, record_changes.reasons) WITH ORDINALITY AS p (paper_id, reason, place)
            ON p.paper_id = name.paper_id
        ORDER BY name.record_type, name.record_id, p.place
    ) n
    JOIN name_state s ON s.record_type = n.record_type AND s.record_id = n.record_id
    LEFT JOIN LATERAL (
        SELECT r.number, r.state FROM revision r
        WHERE r.record_type = s.record_type AND r.record_id = s.record_id
        ORDER BY r.number DESC LIMIT 1
    ) newest ON true
    WHERE s.state IS DISTINCT FROM newest.state;

    FOR changed IN
        SELECT DISTINCT r.record_type FROM revision r WHERE r.log_position > started AND r.number > 1
    LOOP
        EXECUTE format(
            'UPDATE %I t SET revision = r.number FROM revision r
             WHERE r.log_position > $1 AND r.number > 1 AND r.record_type = $2 AND t.id = r.record_id',
            changed.record_type
        ) USING started, changed.record_type;
    END LOOP;

    FOR changed IN
        SELECT
            p.paper_id,
            p.kind,
            p.reason,
            coalesce(
                jsonb_agg(
                    jsonb_build_array(
                        r.record_type, r.record_id, r.number, encode(sha256(convert_to(r.state::text, 'UTF8')), 'hex'))
                    ORDER BY r.record_type, r.record_id
                ) FILTER (WHERE r.record_id IS NOT NULL),
                '[]'
            ) AS revisions
        FROM unnest(record_changes.papers, record_changes.kinds, record_changes.reasons)
            WITH ORDINALITY AS p (paper_id, kind, reason, place)
        LEFT JOIN revision r ON r.log_position = started + p.place
        GROUP BY p.place, p.paper_id, p.kind, p.reason
        ORDER BY p.place
    LOOP
        head := chain_entry(head, happened, jsonb_build_object(
            'actor', record_changes.author,
            'kind', changed.kind,
            'reason', changed.reason,
            'subject', jsonb_build_object('paper', changed.paper_id),
            'revisions', changed.revisions));
    END LOOP;

    IF head.position > started THEN
        UPDATE log_head SET position = head.position, hash = head.hash;
    END IF;
    RETURN head.position;
END
$$;
COMMENT ON FUNCTION record_changes IS 'Adds the revisions and log entries of a transaction; returns the new head position';
