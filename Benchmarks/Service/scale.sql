-- Fills a schema of its own, :schema, with the entries of boards alone, :claims in all: half of them on boards of up to a million
-- entries, most others on boards of a hundred, a tenth on boards of one. What the claims say is as long as in generate.sql.
\set ON_ERROR_STOP on
SET synchronous_commit = off;
CREATE SCHEMA :schema;
SET search_path = :schema, public;
CREATE TABLE benchmark (LIKE public.benchmark INCLUDING ALL EXCLUDING IDENTITY);
CREATE TABLE board_entry (LIKE public.board_entry INCLUDING STORAGE INCLUDING DEFAULTS);

INSERT INTO board_entry (board_id, sort_key, claim_id, paper_id, parameters, has_code, published, shown)
SELECT
    CASE
        WHEN n <= :claims / 2 THEN 1 + n / 1000000
        WHEN n <= :claims * 9 / 10 THEN 100 + n / 100
        ELSE 1000000 + n
    END,
    -round((n * 7919 % 9000 + 1000) / 100.0, 2), n, n, 7000000000, false, date '2015-01-01' + (n % 3900)::integer,
    n || E'\t"78.38"\tnull\t"exact"\tnull\t"model-1"\t"Model 1"\t"Model 1"\t1\t"Paper 1: a study of what systems can do"\t'
        || '"2015-01-02"' || E'\t"https://example.org/papers/1"\t[]\t"Model 1 reaches an accuracy of 78 % on Bench 3"\t'
        || E'"abstract"\t0\t60\t0.9'
FROM generate_series(1::bigint, :claims) n;
INSERT INTO benchmark (id, slug, name, log_position)
SELECT e.board_id, 'bench-' || e.board_id, 'Bench ' || e.board_id, 1 FROM board_entry e GROUP BY e.board_id;
ALTER TABLE board_entry ADD PRIMARY KEY (board_id, sort_key, claim_id)
    INCLUDE (paper_id, model_id, parameters, has_code, published, shown);
VACUUM ANALYZE board_entry, benchmark;
