-- The states that the registry has been in. A transaction may write several log entries; others see all of them or none, so
-- a state is named by the last entry of a transaction.

CREATE TABLE log_snapshot (
    position bigint PRIMARY KEY CHECK (position > 0),
    at timestamptz NOT NULL,
    last_paper bigint NOT NULL,
    last_claim bigint NOT NULL
);
CREATE INDEX log_snapshot_by_time ON log_snapshot (at, position);
COMMENT ON TABLE log_snapshot IS 'The last log entry of each transaction: the states that anybody can have seen';
COMMENT ON COLUMN log_snapshot.at IS 'The time that the entry tells';
COMMENT ON COLUMN log_snapshot.last_paper IS 'No paper that was there had a higher id: where lists of that time start';
COMMENT ON COLUMN log_snapshot.last_claim IS 'No claim that was there had a higher id';

CREATE TRIGGER log_snapshot_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON log_snapshot
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE log_snapshot ENABLE ALWAYS TRIGGER log_snapshot_only_grows;

CREATE FUNCTION note_snapshot() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log_snapshot (position, at, last_paper, last_claim)
    SELECT
        l.position, l.at, greatest(previous.last_paper, made.last_paper, 0),
        greatest(previous.last_claim, made.last_claim, 0)
    FROM log_head h
    JOIN log l ON l.position = h.position
    LEFT JOIN LATERAL (
        SELECT s.position, s.last_paper, s.last_claim FROM log_snapshot s ORDER BY s.position DESC LIMIT 1
    ) previous ON true
    CROSS JOIN LATERAL (
        SELECT
            max(r.record_id) FILTER (WHERE r.record_type = 'paper') AS last_paper,
            max(r.record_id) FILTER (WHERE r.record_type = 'claim') AS last_claim
        FROM revision r
        WHERE r.log_position > coalesce(previous.position, 0) AND r.number = 1
    ) made
    ON CONFLICT (position) DO NOTHING;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION note_snapshot IS 'Runs when a transaction that has written to the log commits';

CREATE CONSTRAINT TRIGGER log_head_is_snapshot AFTER UPDATE ON log_head
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_snapshot();

CREATE FUNCTION coming_position() RETURNS bigint
LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(max(position), 0) + 1 FROM log_snapshot
$$;
COMMENT ON FUNCTION coming_position IS
    'The first log position of the transaction under way, which holds the lock of log_head: what it writes is so from there on';

-- What was written before there were snapshots can be seen from its last entry on.
INSERT INTO log_snapshot (position, at, last_paper, last_claim)
SELECT
    l.position, l.at, (SELECT coalesce(max(p.id), 0) FROM paper p), (SELECT coalesce(max(c.id), 0) FROM claim c)
FROM log_head h
JOIN log l ON l.position = h.position;

-- When a paper was read is no part of its state, and is shown with it.
CREATE TABLE paper_reading (
    paper_id bigint NOT NULL,
    from_position bigint NOT NULL CHECK (from_position > 0),
    extracted_at timestamptz NOT NULL,
    PRIMARY KEY (paper_id, from_position)
);
COMMENT ON TABLE paper_reading IS 'When papers were read, from which log position on';

CREATE FUNCTION keep_reading() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO paper_reading (paper_id, from_position, extracted_at)
    VALUES (NEW.id, coming_position(), NEW.extracted_at)
    ON CONFLICT (paper_id, from_position) DO UPDATE SET extracted_at = excluded.extracted_at;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION keep_reading IS
    'Keeps paper_reading. Runs at the end of the transaction, since papers are written before its place in the log is known';

INSERT INTO paper_reading (paper_id, from_position, extracted_at)
SELECT p.id, s.position, p.extracted_at FROM paper p CROSS JOIN log_snapshot s;

-- Of new papers, of which there may be many, record_changes keeps it for all at once.
CREATE CONSTRAINT TRIGGER paper_is_read AFTER UPDATE OF extracted_at ON paper
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION keep_reading();
