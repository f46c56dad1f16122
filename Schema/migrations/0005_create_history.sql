-- What was written, by whom and why. Nothing here can be changed or deleted, not even by the tables' owner.

CREATE TABLE log (
    position bigint PRIMARY KEY CHECK (position > 0),
    at timestamptz NOT NULL,
    actor text NOT NULL,
    kind text NOT NULL,
    entry text NOT NULL,
    previous_hash bytea NOT NULL CHECK (octet_length(previous_hash) = 32),
    hash bytea NOT NULL,
    CHECK (hash = sha256(previous_hash || convert_to(entry, 'UTF8')))
);
COMMENT ON TABLE log IS 'The append-only, hash-chained journal of everything that was written';
COMMENT ON COLUMN log.position IS 'Counts from 1 without a gap';
COMMENT ON COLUMN log.entry IS
    'JSON as PostgreSQL prints jsonb: position, at, actor, kind, subject, and the revisions made, each with the SHA-256 of its state';
COMMENT ON COLUMN log.hash IS 'SHA-256 over previous_hash and the bytes of entry';

CREATE TABLE log_head (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    position bigint NOT NULL CHECK (position >= 0),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32)
);
INSERT INTO log_head (position, hash) VALUES (0, decode(repeat('00', 32), 'hex'));
COMMENT ON TABLE log_head IS 'The newest entry of the log. Its one row is the lock that puts writers in line';

CREATE TABLE revision (
    record_type text NOT NULL CHECK (record_type IN (
        'paper', 'claim', 'sota_claim', 'model_size', 'link', 'paper_benchmark', 'benchmark', 'metric', 'model')),
    record_id bigint NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    state jsonb NOT NULL CHECK (jsonb_typeof(state) = 'object'),
    author text NOT NULL,
    reason text NOT NULL,
    created_at timestamptz NOT NULL,
    log_position bigint NOT NULL CHECK (log_position > 0),
    PRIMARY KEY (record_type, record_id, number)
);
CREATE INDEX revision_by_log_position ON revision (log_position);
COMMENT ON TABLE revision IS 'Every state that every record has had';
COMMENT ON COLUMN revision.log_position IS 'The log entry that vouches for it';

CREATE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is not allowed: history only grows', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;
COMMENT ON FUNCTION refuse_change IS 'Keeps a table append-only';

CREATE TRIGGER log_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER revision_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON revision
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER log_head_stays BEFORE INSERT OR DELETE OR TRUNCATE ON log_head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER log_head_only_rises BEFORE UPDATE ON log_head
    FOR EACH ROW WHEN (NEW.position <= OLD.position) EXECUTE FUNCTION refuse_change();

-- Replication settings must not switch these off.
ALTER TABLE log ENABLE ALWAYS TRIGGER log_only_grows;
ALTER TABLE revision ENABLE ALWAYS TRIGGER revision_only_grows;
ALTER TABLE log_head ENABLE ALWAYS TRIGGER log_head_stays;
ALTER TABLE log_head ENABLE ALWAYS TRIGGER log_head_only_rises;

-- Who writes to the log locks its head, has an entry chained for each thing done, and puts the new head into log_head, once.
CREATE FUNCTION chain_entry(head log_head, happened timestamptz, entry jsonb) RETURNS log_head
LANGUAGE plpgsql AS $$
DECLARE
    chained log_head := head;
    entry_text text;
BEGIN
    chained.position := head.position + 1;
    entry_text := (
        entry || jsonb_build_object(
            'position', chained.position,
            'at', to_char(happened AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
    )::text;
    chained.hash := sha256(head.hash || convert_to(entry_text, 'UTF8'));
    INSERT INTO log (position, at, actor, kind, entry, previous_hash, hash)
    VALUES (chained.position, happened, entry ->> 'actor', entry ->> 'kind', entry_text, head.hash, chained.hash);
    RETURN chained;
END
$$;
COMMENT ON FUNCTION chain_entry IS
    'Adds an entry (actor, kind, subject, revisions and what else there is) behind a head; returns the head that it makes';
