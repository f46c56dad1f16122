-- Which benchmarks a write has changed: told by their counter (benchmark.log_position) and by a notification, so that caches
-- of any number of instances know what to forget. Writers commit in the order of their log entries, because all hold the row of
-- log_head until they do: whoever has seen every benchmark up to a position only ever needs those above it.

CREATE INDEX benchmark_by_log_position ON benchmark (log_position);

-- Raises the counters of benchmarks to the newest entry of the log, as this transaction sees it.
CREATE FUNCTION mark_benchmarks_changed(ids bigint[]) RETURNS void
LANGUAGE sql AS $$
    UPDATE benchmark b SET log_position = h.position
    FROM log_head h
    WHERE b.id = ANY (ids) AND b.log_position < h.position
$$;
COMMENT ON FUNCTION mark_benchmarks_changed IS
    'Says that what is shown of these benchmarks has changed; called at the end of a transaction that has written to the log';

CREATE FUNCTION mark_own_benchmark() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_benchmarks_changed(ARRAY[NEW.id]);
    RETURN NULL;
END
$$;
CREATE FUNCTION mark_benchmarks_of_model() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_benchmarks_changed(ARRAY(
        SELECT b.benchmark_id FROM board b
        WHERE b.id IN (SELECT e.board_id FROM board_entry e WHERE e.model_id = NEW.id)
        UNION
        SELECT cb.benchmark_id FROM claim c JOIN claim_benchmark cb ON cb.claim_id = c.id WHERE c.model_id = NEW.id
        UNION
        SELECT sb.benchmark_id FROM sota_claim s JOIN sota_claim_benchmark sb ON sb.sota_claim_id = s.id
        WHERE s.model_id = NEW.id));
    RETURN NULL;
END
$$;
CREATE FUNCTION mark_benchmarks_of_metric() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_benchmarks_changed(ARRAY(SELECT b.benchmark_id FROM board b WHERE b.metric_id = NEW.id));
    RETURN NULL;
END
$$;
CREATE FUNCTION mark_benchmarks_of_paper() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM mark_benchmarks_changed(ARRAY(
        SELECT n.benchmark_id FROM paper_benchmark n WHERE n.paper_id = NEW.id
        UNION
        SELECT cb.benchmark_id FROM claim c JOIN claim_benchmark cb ON cb.claim_id = c.id WHERE c.paper_id = NEW.id
        UNION
        SELECT sb.benchmark_id FROM sota_claim s JOIN sota_claim_benchmark sb ON sb.sota_claim_id = s.id
        WHERE s.paper_id = NEW.id));
    RETURN NULL;
END
$$;

-- At the end of the transaction, when the log has the write's entry and its lock is held.
CREATE CONSTRAINT TRIGGER benchmark_shown_anew AFTER UPDATE ON benchmark DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.name, OLD.slug, OLD.merged_into, OLD.status)
        IS DISTINCT FROM (NEW.name, NEW.slug, NEW.merged_into, NEW.status))
    EXECUTE FUNCTION mark_own_benchmark();
CREATE CONSTRAINT TRIGGER model_shown_anew AFTER UPDATE ON model DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.name, OLD.slug, OLD.merged_into) IS DISTINCT FROM (NEW.name, NEW.slug, NEW.merged_into))
    EXECUTE FUNCTION mark_benchmarks_of_model();
CREATE CONSTRAINT TRIGGER metric_shown_anew AFTER UPDATE ON metric DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.name, OLD.slug, OLD.direction, OLD.direction_assumed, OLD.merged_into)
        IS DISTINCT FROM (NEW.name, NEW.slug, NEW.direction, NEW.direction_assumed, NEW.merged_into))
    EXECUTE FUNCTION mark_benchmarks_of_metric();
CREATE CONSTRAINT TRIGGER paper_shown_anew AFTER UPDATE ON paper DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.title, OLD.published, OLD.published_precision, OLD.url)
        IS DISTINCT FROM (NEW.title, NEW.published, NEW.published_precision, NEW.url))
    EXECUTE FUNCTION mark_benchmarks_of_paper();

-- One notification a write: the log's position, then the ids of the benchmarks that it changed, or "*" where these are too
-- many for one payload (8,000 bytes): whoever hears that asks the table.
CREATE FUNCTION tell_changed_benchmarks() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
BEGIN
    SELECT array_agg(few.id) INTO ids
    FROM (SELECT b.id FROM benchmark b WHERE b.log_position > OLD.position LIMIT 301) few;
    PERFORM pg_notify(
        'claimboard_changes',
        (SELECT h.position FROM log_head h)::text || ' '
            || CASE WHEN cardinality(ids) > 300 THEN '*' ELSE coalesce(array_to_string(ids, ' '), '') END);
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER log_head_tells AFTER UPDATE ON log_head DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION tell_changed_benchmarks();
COMMENT ON FUNCTION tell_changed_benchmarks IS 'Notifies claimboard_changes of the benchmarks that a transaction has changed';
