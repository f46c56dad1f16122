-- What the history is looked through by: changes of a benchmark, and claims and mentions that once belonged to something else.
-- Both follow from the revisions, and are written with them.

CREATE TABLE benchmark_change (
    benchmark_id bigint NOT NULL,
    log_position bigint NOT NULL,
    PRIMARY KEY (benchmark_id, log_position)
);
COMMENT ON TABLE benchmark_change IS 'The log entries that tell of something about a benchmark';

CREATE TABLE former_reference (
    record_type text NOT NULL,
    target_type text NOT NULL CHECK (target_type IN ('benchmark', 'metric', 'model')),
    target_id bigint NOT NULL,
    record_id bigint NOT NULL,
    PRIMARY KEY (record_type, target_type, target_id, record_id)
);
COMMENT ON TABLE former_reference IS 'Which records once named a benchmark, metric or model that a later revision of them does not';

CREATE FUNCTION state_references(state jsonb)
RETURNS TABLE (target_type text, target_id bigint)
LANGUAGE sql IMMUTABLE AS $$
    SELECT 'benchmark', (b.value ->> 'id')::bigint
    FROM jsonb_array_elements(CASE jsonb_typeof(state -> 'benchmarks') WHEN 'array' THEN state -> 'benchmarks' END) AS b
    WHERE b.value ? 'id'
    UNION ALL
    SELECT t.type, (state ->> t.field)::bigint
    FROM (VALUES ('benchmark', 'benchmark_id'), ('metric', 'metric_id'), ('model', 'model_id')) AS t (type, field)
    WHERE state ->> t.field IS NOT NULL
$$;
COMMENT ON FUNCTION state_references IS 'The benchmarks, metrics and models that a state of a record names';

CREATE FUNCTION index_revisions() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO benchmark_change (benchmark_id, log_position)
    SELECT DISTINCT ref.target_id, r.log_position
    FROM added r
    CROSS JOIN LATERAL (
        SELECT s.target_type, s.target_id FROM state_references(r.state) s
        UNION ALL
        SELECT 'benchmark', r.record_id WHERE r.record_type = 'benchmark'
    ) ref
    WHERE ref.target_type = 'benchmark'
    ON CONFLICT DO NOTHING;

    -- Most have no earlier one, and those that have are few: each is looked up, however long the history is.
    IF EXISTS (SELECT FROM added r WHERE r.number > 1) THEN
        INSERT INTO benchmark_change (benchmark_id, log_position)
        SELECT DISTINCT ref.target_id, r.log_position
        FROM added r
        CROSS JOIN LATERAL (
            SELECT e.state FROM revision e
            WHERE e.record_type = r.record_type AND e.record_id = r.record_id AND e.number = r.number - 1
            LIMIT 1
        ) earlier
        CROSS JOIN LATERAL state_references(earlier.state) ref
        WHERE r.number > 1 AND ref.target_type = 'benchmark'
        ON CONFLICT DO NOTHING;

        INSERT INTO former_reference (record_type, target_type, target_id, record_id)
        SELECT DISTINCT r.record_type, ref.target_type, ref.target_id, r.record_id
        FROM added r
        CROSS JOIN LATERAL (
            SELECT e.state FROM revision e
            WHERE e.record_type = r.record_type AND e.record_id = r.record_id AND e.number = r.number - 1
            LIMIT 1
        ) earlier
        CROSS JOIN LATERAL (
            SELECT s.target_type, s.target_id FROM state_references(earlier.state) s
            EXCEPT
            SELECT s.target_type, s.target_id FROM state_references(r.state) s
        ) ref
        WHERE r.number > 1
        ON CONFLICT DO NOTHING;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION index_revisions IS 'Keeps benchmark_change and former_reference';

CREATE TRIGGER revision_is_indexed AFTER INSERT ON revision
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION index_revisions();

INSERT INTO benchmark_change (benchmark_id, log_position)
SELECT DISTINCT ref.target_id, r.log_position
FROM revision r
CROSS JOIN LATERAL (
    SELECT s.target_type, s.target_id FROM state_references(r.state) s
    UNION
    SELECT 'benchmark', r.record_id WHERE r.record_type = 'benchmark'
) ref
WHERE ref.target_type = 'benchmark';
INSERT INTO former_reference (record_type, target_type, target_id, record_id)
SELECT DISTINCT r.record_type, ref.target_type, ref.target_id, r.record_id
FROM revision r
JOIN revision earlier
    ON earlier.record_type = r.record_type AND earlier.record_id = r.record_id AND earlier.number = r.number - 1
CROSS JOIN LATERAL (
    SELECT s.target_type, s.target_id FROM state_references(earlier.state) s
    EXCEPT
    SELECT s.target_type, s.target_id FROM state_references(r.state) s
) ref;
