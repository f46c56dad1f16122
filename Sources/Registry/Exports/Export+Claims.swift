internal import Postgres

extension Export {
    /// Reported numbers, whatever their status.
    static let claims = Export(
        name: "claims",
        columns: [
            .number("claim_id", "c.id"),
            .text("status", "past.state ->> 'status'"),
            .number("revision", "past.number"),
            .text("kind", "past.state ->> 'kind'"),
            .decimal("value", "past.state ->> 'value'"),
            .decimal("value_high", "past.state ->> 'value_high'"),
            .text("unit", "past.state ->> 'unit'"),
            .text("bound", "past.state ->> 'bound'"),
            .truth("relative", "past.state ->> 'relative'"),
            .text("aggregate", "past.state ->> 'aggregate'"),
            .text("metric", "m.state ->> 'slug'"),
            .text("metric_printed", "past.state ->> 'metric'"),
            .json("benchmarks", "b.slugs"),
            .json("benchmarks_printed", "b.names"),
            .text("model", "d.state ->> 'slug'"),
            .text("subject", "past.state ->> 'subject'"),
            .text("baseline", "past.state ->> 'baseline'"),
            .number("paper_id", "c.paper_id"),
            .text("paper_title", "p.state ->> 'title'"),
            .text("published", "p.state ->> 'published'"),
            .text("paper_url", "p.state ->> 'url'"),
            .text("evidence", "past.state #>> '{evidence,text}'"),
            .text("evidence_in", "past.state #>> '{evidence,source}'"),
            .number("evidence_start", "past.state #>> '{evidence,start}'"),
            .number("evidence_end", "past.state #>> '{evidence,end}'"),
            .number("confidence", "past.state ->> 'confidence'"),
            .text("extractor", "past.state ->> 'extractor'"),
            .json("set_by", "past.state -> 'set_by'"),
            .text("created_at", Columns.time("c.created_at")),
        ],
        rows: { position in
            """
            FROM claim c
            JOIN \(Past.state("claim", "c.id", position)) past ON true
            JOIN \(Past.state("paper", "c.paper_id", position)) p ON true
            LEFT JOIN \(Past.state("metric", "(past.state ->> 'metric_id')::bigint", position)) m ON true
            LEFT JOIN \(Past.state("model", "(past.state ->> 'model_id')::bigint", position)) d ON true
            CROSS JOIN LATERAL (
                SELECT
                    coalesce(jsonb_agg(t.state -> 'slug' ORDER BY n.place), '[]') AS slugs,
                    coalesce(jsonb_agg(n.value -> 'name' ORDER BY n.place), '[]') AS names
                FROM jsonb_array_elements(past.state -> 'benchmarks') WITH ORDINALITY AS n (value, place)
                JOIN \(Past.state("benchmark", "(n.value ->> 'id')::bigint", position)) t ON true
            ) b
            ORDER BY c.id
            """
        }
    )
}
