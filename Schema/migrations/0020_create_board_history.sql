-- Boards as they were. Each line of a board, and each board, is kept with the log positions between which it stood so; the
-- triggers on the boards see to it in the transaction of the write, whoever writes.

ALTER TABLE board_aside
    ADD COLUMN sort_key numeric NOT NULL GENERATED ALWAYS AS (-claim_id) STORED,
    ADD COLUMN model_id bigint,
    ADD COLUMN parameters bigint,
    ADD COLUMN has_code boolean NOT NULL DEFAULT false,
    ADD COLUMN published date;
CREATE INDEX board_aside_by_model ON board_aside (model_id) WHERE model_id IS NOT NULL;
CREATE INDEX board_aside_by_key ON board_aside (board_id, sort_key, claim_id);
COMMENT ON COLUMN board_aside.sort_key IS 'The newest claim first';

UPDATE board_aside a SET
    model_id = c.model_id,
    parameters = d.parameters,
    has_code = EXISTS (SELECT FROM link l WHERE l.paper_id = a.paper_id AND l.kind = 'code' AND l.status = 'active'),
    published = p.published
FROM claim c
JOIN paper p ON p.id = c.paper_id
LEFT JOIN model d ON d.id = c.model_id
WHERE c.id = a.claim_id;

CREATE TABLE board_former (
    board_id bigint NOT NULL REFERENCES board ON DELETE CASCADE,
    status text NOT NULL CHECK (status IN ('retired', 'retracted')),
    sort_key numeric NOT NULL,
    claim_id bigint NOT NULL REFERENCES claim DEFERRABLE INITIALLY DEFERRED,
    paper_id bigint NOT NULL,
    model_id bigint,
    parameters bigint,
    has_code boolean NOT NULL,
    published date,
    PRIMARY KEY (board_id, status, sort_key, claim_id)
);
CREATE INDEX board_former_by_paper ON board_former (paper_id);
CREATE INDEX board_former_by_claim ON board_former (claim_id);
CREATE INDEX board_former_by_model ON board_former (model_id) WHERE model_id IS NOT NULL;
COMMENT ON TABLE board_former IS 'The claims that would have a place on a board if they still counted';

CREATE TABLE board_history (
    board_id bigint NOT NULL,
    from_position bigint NOT NULL CHECK (from_position > 0),
    to_position bigint CHECK (to_position > from_position),
    benchmark_id bigint NOT NULL,
    metric_id bigint,
    unit text NOT NULL,
    direction text NOT NULL,
    direction_assumed boolean NOT NULL,
    entry_count integer NOT NULL,
    log_position bigint NOT NULL,
    PRIMARY KEY (board_id, from_position)
);
CREATE INDEX board_history_by_benchmark ON board_history (benchmark_id, board_id);
COMMENT ON TABLE board_history IS 'Boards as they were from one log position on, up to but without another one';
COMMENT ON COLUMN board_history.to_position IS 'Null for what is still so';

CREATE TABLE board_entry_history (
    board_id bigint NOT NULL,
    part text NOT NULL CHECK (part IN ('active', 'aside', 'retired', 'retracted')),
    sort_key numeric NOT NULL,
    claim_id bigint NOT NULL,
    paper_id bigint NOT NULL,
    model_id bigint,
    parameters bigint,
    has_code boolean NOT NULL,
    published date,
    from_position bigint NOT NULL CHECK (from_position > 0),
    to_position bigint CHECK (to_position > from_position),
    PRIMARY KEY (board_id, part, sort_key, claim_id, from_position)
);
COMMENT ON TABLE board_entry_history IS 'The lines of boards as they were from one log position on, up to but without another one';
COMMENT ON COLUMN board_entry_history.part IS 'Where it stood: ranked (active), listed apart (aside), or among what no longer counts';
COMMENT ON COLUMN board_entry_history.to_position IS 'Null for what is still so';

-- The argument says which part a line belongs to, as an expression over the line, `line`. From the few lines that a write touches to
-- the history by its key: statistics, which lag behind a database that is being filled, would have all of it read.
CREATE FUNCTION keep_board_lines() RETURNS trigger
LANGUAGE plpgsql
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
    coming bigint := coming_position();
    part text := TG_ARGV[0];
BEGIN
    IF TG_OP <> 'INSERT' THEN
        -- What came and went within one transaction was never seen.
        EXECUTE format($sql$
            DELETE FROM board_entry_history h USING removed line
            WHERE h.board_id = line.board_id AND h.part = %s AND h.sort_key = line.sort_key
                AND h.claim_id = line.claim_id AND h.from_position = $1
            $sql$, part) USING coming;
        EXECUTE format($sql$
            UPDATE board_entry_history h SET to_position = $1 FROM removed line
            WHERE h.board_id = line.board_id AND h.part = %s AND h.sort_key = line.sort_key
                AND h.claim_id = line.claim_id AND h.to_position IS NULL
            $sql$, part) USING coming;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        -- What is taken out and put in again within one transaction has not changed.
        EXECUTE format($sql$
            WITH unchanged AS (
                UPDATE board_entry_history h SET to_position = NULL FROM added line
                WHERE h.board_id = line.board_id AND h.part = %1$s AND h.sort_key = line.sort_key
                    AND h.claim_id = line.claim_id AND h.to_position = $1
                    AND (h.sort_key::text, h.paper_id, h.has_code) = (line.sort_key::text, line.paper_id, line.has_code)
                    AND (h.model_id, h.parameters, h.published)
                        IS NOT DISTINCT FROM (line.model_id, line.parameters, line.published)
                RETURNING h.board_id, h.claim_id
            )
            INSERT INTO board_entry_history (
                board_id, part, sort_key, claim_id, paper_id, model_id, parameters, has_code, published, from_position)
            SELECT
                line.board_id, %1$s, line.sort_key, line.claim_id, line.paper_id, line.model_id, line.parameters,
                line.has_code, line.published, $1
            FROM added line
            WHERE (line.board_id, line.claim_id) NOT IN (SELECT u.board_id, u.claim_id FROM unchanged u)
            $sql$, part) USING coming;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION keep_board_lines IS 'Keeps board_entry_history';

CREATE FUNCTION keep_boards() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    coming bigint := coming_position();
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM board_history h USING removed b WHERE h.board_id = b.id AND h.from_position = coming;
        UPDATE board_history h SET to_position = coming FROM removed b
        WHERE h.board_id = b.id AND h.to_position IS NULL;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO board_history (
            board_id, from_position, benchmark_id, metric_id, unit, direction, direction_assumed, entry_count,
            log_position)
        SELECT
            b.id, coming, b.benchmark_id, b.metric_id, b.unit, b.direction, b.direction_assumed, b.entry_count,
            b.log_position
        FROM added b;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION keep_boards IS 'Keeps board_history';

CREATE TRIGGER board_comes AFTER INSERT ON board
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_boards();
CREATE TRIGGER board_changes AFTER UPDATE ON board
    REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_boards();
CREATE TRIGGER board_goes AFTER DELETE ON board
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION keep_boards();

CREATE TRIGGER board_entry_comes AFTER INSERT ON board_entry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_board_lines('''active''');
CREATE TRIGGER board_entry_changes AFTER UPDATE ON board_entry
    REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION keep_board_lines('''active''');
CREATE TRIGGER board_entry_goes AFTER DELETE ON board_entry
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION keep_board_lines('''active''');

CREATE TRIGGER board_aside_comes AFTER INSERT ON board_aside
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_board_lines('''aside''');
CREATE TRIGGER board_aside_changes AFTER UPDATE ON board_aside
    REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION keep_board_lines('''aside''');
CREATE TRIGGER board_aside_goes AFTER DELETE ON board_aside
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION keep_board_lines('''aside''');

CREATE TRIGGER board_former_comes AFTER INSERT ON board_former
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION keep_board_lines('line.status');
CREATE TRIGGER board_former_changes AFTER UPDATE ON board_former
    REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION keep_board_lines('line.status');
CREATE TRIGGER board_former_goes AFTER DELETE ON board_former
    REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION keep_board_lines('line.status');

-- Boards from before there was a history: they can be seen as they are now from the newest snapshot on.
INSERT INTO board_history
SELECT
    b.id, s.position, NULL, b.benchmark_id, b.metric_id, b.unit, b.direction, b.direction_assumed, b.entry_count,
    b.log_position
FROM board b CROSS JOIN log_snapshot s;
INSERT INTO board_entry_history
SELECT
    line.board_id, line.part, line.sort_key, line.claim_id, line.paper_id, line.model_id, line.parameters,
    line.has_code, line.published, s.position, NULL
FROM (
    SELECT board_id, 'active' AS part, sort_key, claim_id, paper_id, model_id, parameters, has_code, published
    FROM board_entry
    UNION ALL
    SELECT board_id, 'aside', sort_key, claim_id, paper_id, model_id, parameters, has_code, published
    FROM board_aside
) line
CROSS JOIN log_snapshot s;
