-- Fills an empty, migrated database with claims, set by set: :claims claims on :boards boards, ten papers for every fifty
-- claims, a model for every twenty. Nothing is random, so that every run has the same data.
\set ON_ERROR_STOP on
SET synchronous_commit = off;
BEGIN;

INSERT INTO extractor (id, name, version) VALUES (1, 'generated', '1');
INSERT INTO metric (id, slug, name, direction, direction_assumed) VALUES (1, 'accuracy', 'accuracy', 'higher', false);

INSERT INTO benchmark (id, slug, name)
SELECT n, 'bench-' || n, 'Bench ' || n FROM generate_series(1, :boards) n;
INSERT INTO benchmark_alias (name_key, benchmark_id, alias)
SELECT 'bench' || n, n, 'Bench ' || n FROM generate_series(1, :boards) n;

INSERT INTO model (id, slug, name, parameters)
SELECT n, 'model-' || n, 'Model ' || n, (n % 400 + 1) * 250000000::bigint FROM generate_series(1, :claims / 20 + 1) n;
INSERT INTO model_alias (name_key, model_id, alias)
SELECT 'model' || n, n, 'Model ' || n FROM generate_series(1, :claims / 20 + 1) n;

INSERT INTO paper (id, title, abstract, text_hash, published, published_precision, url, extractor_id)
SELECT
    n,
    'Paper ' || n || ': a study of what systems can do',
    'Paper ' || n || ' measures systems on benchmarks. ' || repeat('It says how each was measured and why. ', 10),
    sha256(n::text::bytea),
    date '2015-01-01' + n % 3900,
    10,
    'https://example.org/papers/' || n,
    1
FROM generate_series(1, :claims / 5 + 1) n;
INSERT INTO paper_reading (paper_id, from_position, extracted_at) SELECT id, 1, extracted_at FROM paper;
INSERT INTO link (paper_id, url, kind, evidence_source, evidence_start, evidence_end, evidence, confidence, extractor_id)
SELECT n, 'https://example.org/code/' || n, 'code', 'abstract', 0, 5, 'Paper', 0.9, 1
FROM generate_series(1, :claims / 5 + 1, 4) n;

-- Claim n is on board n modulo the boards; a board's values are spread out by a prime.
INSERT INTO claim (
    id, paper_id, value, unit, kind, bound, metric, metric_id, subject, model_id,
    evidence_source, evidence_start, evidence_end, evidence, confidence, extractor_id)
SELECT
    n, n / 5 + 1, round((n * 7919 % 9000 + 1000) / 100.0, 2), 'percent', 'score', 'exact', 'accuracy', 1,
    'Model ' || (n / 20 + 1), n / 20 + 1,
    'abstract', 0, 60, 'Model ' || (n / 20 + 1) || ' reaches an accuracy of '
        || (n * 7919 % 9000 + 1000) / 100 || ' % on Bench ' || (n % :boards + 1), 0.9, 1
FROM generate_series(1::bigint, :claims) n;
INSERT INTO claim_benchmark (claim_id, position, name, benchmark_id)
SELECT n, 1, 'Bench ' || (n % :boards + 1), n % :boards + 1 FROM generate_series(1::bigint, :claims) n;

INSERT INTO board (id, benchmark_id, metric_id, unit, direction, direction_assumed)
SELECT n, n, 1, 'percent', 'higher', false FROM generate_series(1, :boards) n;
INSERT INTO board_entry (board_id, sort_key, claim_id, paper_id, model_id, parameters, has_code, published, shown)
SELECT
    cb.benchmark_id, -c.value, c.id, c.paper_id, c.model_id, d.parameters, c.paper_id % 4 = 1, p.published,
    board_kept(s.shown)
FROM claim c
JOIN claim_benchmark cb ON cb.claim_id = c.id
JOIN model d ON d.id = c.model_id
JOIN paper p ON p.id = c.paper_id
JOIN board_shown s ON s.claim_id = c.id;
UPDATE board b SET entry_count = n.count
FROM (SELECT board_id, count(*) FROM board_entry GROUP BY board_id) n WHERE n.board_id = b.id;
UPDATE benchmark t SET claim_count = b.entry_count, paper_count = b.entry_count FROM board b WHERE b.benchmark_id = t.id;
UPDATE metric SET claim_count = :claims WHERE id = 1;

SELECT setval(pg_get_serial_sequence(t, 'id'), (SELECT 1 + max(id) FROM claim))
FROM unnest('{benchmark,metric,model,paper,claim,board}'::text[]) t \g /dev/null
COMMIT;
VACUUM ANALYZE benchmark, benchmark_alias, metric, model, paper, link, claim, claim_benchmark, board, board_entry;
