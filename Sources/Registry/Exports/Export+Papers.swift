internal import Postgres

extension Export {
    /// Papers, with their abstracts.
    static let papers = Export(
        name: "papers",
        columns: [
            .number("paper_id", "p.id"),
            .number("revision", "past.number"),
            .text("title", "past.state ->> 'title'"),
            .text("abstract", "past.state ->> 'abstract'"),
            .json("identifiers", "past.state -> 'identifiers'"),
            .text("published", "past.state ->> 'published'"),
            .text("url", "past.state ->> 'url'"),
            .text("extractor", "past.state ->> 'extractor'"),
            .text("status", "past.state ->> 'status'"),
            .json("set_by", "past.state -> 'set_by'"),
            .number("claim_count", "counted.claims"),
            .text("created_at", Columns.time("p.created_at")),
        ],
        rows: { position in
            """
            FROM paper p
            JOIN \(Past.state("paper", "p.id", position)) past ON true
            CROSS JOIN LATERAL (
                SELECT count(*) AS claims FROM claim c
                JOIN \(Past.state("claim", "c.id", position)) kept ON kept.state ->> 'status' = 'active'
                WHERE c.paper_id = p.id
            ) counted
            ORDER BY p.id
            """
        }
    )
}
