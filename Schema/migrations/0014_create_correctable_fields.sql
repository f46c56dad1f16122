-- The fields of a record that people can correct, out of a state as it stands in a revision: the members that a correction's
-- patch has, with names as they are printed. It takes any state, so that the past can be compared with the present.
CREATE FUNCTION correctable_fields(record_type text, state jsonb) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT CASE record_type
        WHEN 'paper' THEN jsonb_build_object(
            'title', state -> 'title',
            'abstract', state -> 'abstract',
            'identifiers', state -> 'identifiers',
            'published', state -> 'published',
            'url', state -> 'url',
            'status', state -> 'status')
        WHEN 'claim' THEN jsonb_build_object(
            'value', state -> 'value',
            'value_high', state -> 'value_high',
            'unit', state -> 'unit',
            'kind', state -> 'kind',
            'relative', state -> 'relative',
            'bound', state -> 'bound',
            'metric', state -> 'metric',
            'benchmarks', (
                SELECT coalesce(jsonb_agg(b.value -> 'name' ORDER BY b.place), '[]')
                FROM jsonb_array_elements(state -> 'benchmarks') WITH ORDINALITY AS b (value, place)),
            'aggregate', state -> 'aggregate',
            'subject', state -> 'subject',
            'model', (SELECT to_jsonb(m.slug) FROM model m WHERE m.id = (state ->> 'model_id')::bigint),
            'baseline', state -> 'baseline',
            'evidence', state #> '{evidence,text}',
            'evidence_in', state #> '{evidence,source}',
            'status', state -> 'status')
        WHEN 'sota_claim' THEN jsonb_build_object(
            'strength', state -> 'strength',
            'subject', state -> 'subject',
            'model', (SELECT to_jsonb(m.slug) FROM model m WHERE m.id = (state ->> 'model_id')::bigint),
            'benchmarks', (
                SELECT coalesce(jsonb_agg(b.value -> 'name' ORDER BY b.place), '[]')
                FROM jsonb_array_elements(state -> 'benchmarks') WITH ORDINALITY AS b (value, place)),
            'evidence', state #> '{evidence,text}',
            'evidence_in', state #> '{evidence,source}',
            'status', state -> 'status')
        WHEN 'model_size' THEN jsonb_build_object(
            'model', state -> 'model',
            'parameters', state -> 'parameters',
            'parameters_high', state -> 'parameters_high',
            'bound', state -> 'bound',
            'evidence', state #> '{evidence,text}',
            'evidence_in', state #> '{evidence,source}',
            'status', state -> 'status')
        WHEN 'link' THEN jsonb_build_object(
            'url', state -> 'url',
            'kind', state -> 'kind',
            'evidence', state #> '{evidence,text}',
            'evidence_in', state #> '{evidence,source}',
            'status', state -> 'status')
        WHEN 'paper_benchmark' THEN jsonb_build_object(
            'name', state -> 'name',
            'full_name', state -> 'full_name',
            'benchmark', (SELECT to_jsonb(b.slug) FROM benchmark b WHERE b.id = (state ->> 'benchmark_id')::bigint),
            'role', state -> 'role',
            'counts', state -> 'counts',
            'evidence', state #> '{evidence,text}',
            'evidence_in', state #> '{evidence,source}',
            'status', state -> 'status')
        WHEN 'benchmark' THEN jsonb_build_object(
            'slug', state -> 'slug',
            'name', state -> 'name',
            'aliases', (SELECT coalesce(jsonb_agg(a), '[]') FROM jsonb_array_elements(state -> 'aliases') a WHERE a <> state -> 'name'),
            'kind', state -> 'kind',
            'description', state -> 'description',
            'url', state -> 'url',
            'status', state -> 'status',
            'merged_into', (SELECT to_jsonb(b.slug) FROM benchmark b WHERE b.id = (state ->> 'merged_into')::bigint))
        WHEN 'metric' THEN jsonb_build_object(
            'slug', state -> 'slug',
            'name', state -> 'name',
            'aliases', (SELECT coalesce(jsonb_agg(a), '[]') FROM jsonb_array_elements(state -> 'aliases') a WHERE a <> state -> 'name'),
            'direction', state -> 'direction',
            'usual_unit', state -> 'usual_unit',
            'status', state -> 'status',
            'merged_into', (SELECT to_jsonb(m.slug) FROM metric m WHERE m.id = (state ->> 'merged_into')::bigint))
        WHEN 'model' THEN jsonb_build_object(
            'slug', state -> 'slug',
            'name', state -> 'name',
            'aliases', (SELECT coalesce(jsonb_agg(a), '[]') FROM jsonb_array_elements(state -> 'aliases') a WHERE a <> state -> 'name'),
            'status', state -> 'status',
            'merged_into', (SELECT to_jsonb(m.slug) FROM model m WHERE m.id = (state ->> 'merged_into')::bigint))
        ELSE '{}'
    END
$$;
COMMENT ON FUNCTION correctable_fields IS 'What a patch can touch, out of a state of a record';
