SELECT
    c.id, past.state ->> 'status', past.number, past.state ->> 'kind', past.state ->> 'value',
    past.state ->> 'value_high', past.state ->> 'unit', past.state ->> 'bound', past.state ->> 'relative',
    past.state ->> 'aggregate', m.state ->> 'slug', past.state ->> 'metric', b.slugs, b.names, d.state ->> 'slug',
    past.state ->> 'subject', past.state ->> 'baseline', c.paper_id, p.state ->> 'title', p.state ->> 'published',
    p.state ->> 'url', past.state #>> '{evidence,text}', past.state #>> '{evidence,source}',
    past.state #>> '{evidence,start}', past.state #>> '{evidence,end}', past.state ->> 'confidence',
    past.state ->> 'extractor', past.state -> 'set_by',
    to_char(c.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'SNAPSHOT'
FROM claim c
JOIN LATERAL (
    SELECT r.state, r.number FROM revision r
    WHERE r.record_type = 'claim' AND r.record_id = c.id AND r.log_position <= POSITION
    ORDER BY r.number DESC LIMIT 1
) past ON true
JOIN LATERAL (
    SELECT r.state, r.number FROM revision r
    WHERE r.record_type = 'paper' AND r.record_id = c.paper_id AND r.log_position <= POSITION
    ORDER BY r.number DESC LIMIT 1
) p ON true
LEFT JOIN LATERAL (
    SELECT r.state, r.number FROM revision r
    WHERE r.record_type = 'metric' AND r.record_id = (past.state ->> 'metric_id')::bigint AND r.log_position <= POSITION
    ORDER BY r.number DESC LIMIT 1
) m ON true
LEFT JOIN LATERAL (
    SELECT r.state, r.number FROM revision r
    WHERE r.record_type = 'model' AND r.record_id = (past.state ->> 'model_id')::bigint AND r.log_position <= POSITION
    ORDER BY r.number DESC LIMIT 1
) d ON true
CROSS JOIN LATERAL (
    SELECT
        coalesce(jsonb_agg(t.state -> 'slug' ORDER BY n.place), '[]') AS slugs,
        coalesce(jsonb_agg(n.value -> 'name' ORDER BY n.place), '[]') AS names
    FROM jsonb_array_elements(past.state -> 'benchmarks') WITH ORDINALITY AS n (value, place)
    JOIN LATERAL (
    SELECT r.state, r.number FROM revision r
    WHERE r.record_type = 'benchmark' AND r.record_id = (n.value ->> 'id')::bigint AND r.log_position <= POSITION
    ORDER BY r.number DESC LIMIT 1
) t ON true
) b
ORDER BY c.id
