-- A record's fields as one JSON value: what a revision keeps. Counters, caches and times are no part of a state.

CREATE VIEW record_state AS
SELECT
    'paper' AS record_type,
    p.id AS record_id,
    p.id AS paper_id,
    jsonb_build_object(
        'title', p.title,
        'abstract', p.abstract,
        'identifiers', (
            SELECT coalesce(jsonb_agg(i.scheme || ':' || i.value ORDER BY i.scheme, i.value), '[]')
            FROM paper_identifier i WHERE i.paper_id = p.id),
        'published', left(to_char(p.published, 'YYYY-MM-DD'), p.published_precision),
        'url', p.url,
        'extractor', (SELECT e.name || '/' || e.version FROM extractor e WHERE e.id = p.extractor_id),
        'status', p.status,
        'set_by', p.set_by
    ) AS state
FROM paper p
UNION ALL
SELECT
    'claim', c.id, c.paper_id,
    jsonb_build_object(
        'paper', c.paper_id,
        'value', c.value::text,
        'value_high', c.value_high::text,
        'unit', c.unit,
        'kind', c.kind,
        'relative', c.relative,
        'bound', c.bound,
        'metric', c.metric,
        'metric_id', c.metric_id,
        'benchmarks', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('name', b.name, 'id', b.benchmark_id) ORDER BY b.position), '[]')
            FROM claim_benchmark b WHERE b.claim_id = c.id),
        'aggregate', c.aggregate,
        'subject', c.subject,
        'model_id', c.model_id,
        'baseline', c.baseline,
        'evidence', jsonb_build_object(
            'source', c.evidence_source, 'start', c.evidence_start, 'end', c.evidence_end, 'text', c.evidence),
        'confidence', c.confidence,
        'rules', to_jsonb(c.rules),
        'extractor', (SELECT e.name || '/' || e.version FROM extractor e WHERE e.id = c.extractor_id),
        'status', c.status,
        'set_by', c.set_by
    )
FROM claim c
UNION ALL
SELECT
    'sota_claim', s.id, s.paper_id,
    jsonb_build_object(
        'paper', s.paper_id,
        'strength', s.strength,
        'subject', s.subject,
        'model_id', s.model_id,
        'benchmarks', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('name', b.name, 'id', b.benchmark_id) ORDER BY b.position), '[]')
            FROM sota_claim_benchmark b WHERE b.sota_claim_id = s.id),
        'evidence', jsonb_build_object(
            'source', s.evidence_source, 'start', s.evidence_start, 'end', s.evidence_end, 'text', s.evidence),
        'confidence', s.confidence,
        'rules', to_jsonb(s.rules),
        'extractor', (SELECT e.name || '/' || e.version FROM extractor e WHERE e.id = s.extractor_id),
        'status', s.status,
        'set_by', s.set_by
    )
FROM sota_claim s
UNION ALL
SELECT
    'model_size', m.id, m.paper_id,
    jsonb_build_object(
        'paper', m.paper_id,
        'model', m.model,
        'model_id', m.model_id,
        'parameters', m.parameters,
        'parameters_high', m.parameters_high,
        'bound', m.bound,
        'evidence', jsonb_build_object(
            'source', m.evidence_source, 'start', m.evidence_start, 'end', m.evidence_end, 'text', m.evidence),
        'confidence', m.confidence,
        'rules', to_jsonb(m.rules),
        'extractor', (SELECT e.name || '/' || e.version FROM extractor e WHERE e.id = m.extractor_id),
        'status', m.status,
        'set_by', m.set_by
    )
FROM model_size m
UNION ALL
SELECT
    'link', l.id, l.paper_id,
    jsonb_build_object(
        'paper', l.paper_id,
        'url', l.url,
        'kind', l.kind,
        'evidence', jsonb_build_object(
            'source', l.evidence_source, 'start', l.evidence_start, 'end', l.evidence_end, 'text', l.evidence),
        'confidence', l.confidence,
        'rules', to_jsonb(l.rules),
        'extractor', (SELECT e.name || '/' || e.version FROM extractor e WHERE e.id = l.extractor_id),
        'status', l.status,
        'set_by', l.set_by
    )
FROM link l
UNION ALL
SELECT
    'paper_benchmark', n.id, n.paper_id,
    jsonb_build_object(
        'paper', n.paper_id,
        'name', n.name,
        'full_name', n.full_name,
        'benchmark_id', n.benchmark_id,
        'role', n.role,
        'counts', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('count', k.count, 'of', k.of) ORDER BY k.position), '[]')
            FROM benchmark_count k WHERE k.paper_benchmark_id = n.id),
        'evidence', jsonb_build_object(
            'source', n.evidence_source, 'start', n.evidence_start, 'end', n.evidence_end, 'text', n.evidence),
        'confidence', n.confidence,
        'rules', to_jsonb(n.rules),
        'extractor', (SELECT e.name || '/' || e.version FROM extractor e WHERE e.id = n.extractor_id),
        'status', n.status,
        'set_by', n.set_by
    )
FROM paper_benchmark n;
COMMENT ON VIEW record_state IS 'The present state of papers and of what was read from them';

CREATE VIEW name_state AS
SELECT
    'benchmark' AS record_type,
    b.id AS record_id,
    jsonb_build_object(
        'slug', b.slug,
        'name', b.name,
        'aliases', (
            SELECT coalesce(jsonb_agg(a.alias ORDER BY a.name_key), '[]')
            FROM benchmark_alias a WHERE a.benchmark_id = b.id),
        'kind', b.kind,
        'description', b.description,
        'url', b.url,
        'status', b.status,
        'merged_into', b.merged_into,
        'set_by', b.set_by
    ) AS state
FROM benchmark b
UNION ALL
SELECT
    'metric', m.id,
    jsonb_build_object(
        'slug', m.slug,
        'name', m.name,
        'aliases', (
            SELECT coalesce(jsonb_agg(a.alias ORDER BY a.name_key), '[]')
            FROM metric_alias a WHERE a.metric_id = m.id),
        'direction', m.direction,
        'direction_assumed', m.direction_assumed,
        'usual_unit', m.usual_unit,
        'status', m.status,
        'merged_into', m.merged_into,
        'set_by', m.set_by
    )
FROM metric m
UNION ALL
SELECT
    'model', m.id,
    jsonb_build_object(
        'slug', m.slug,
        'name', m.name,
        'aliases', (
            SELECT coalesce(jsonb_agg(a.alias ORDER BY a.name_key), '[]')
            FROM model_alias a WHERE a.model_id = m.id),
        'status', m.status,
        'merged_into', m.merged_into,
        'set_by', m.set_by
    )
FROM model m;
COMMENT ON VIEW name_state IS 'The present state of benchmarks, metrics and models';
