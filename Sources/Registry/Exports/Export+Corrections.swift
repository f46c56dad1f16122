internal import Postgres

extension Export {
    /// Corrections, decided or not, with what each has changed.
    static let corrections = Export(
        name: "corrections",
        columns: [
            .number("correction_id", "c.id"),
            .number("revision", "past.number"),
            .text("state", "past.state ->> 'state'"),
            .text("target_type", "past.state ->> 'target_type'"),
            .number("target_id", "past.state ->> 'target_id'"),
            .text("operation", "past.state ->> 'operation'"),
            .json("patch", "past.state -> 'patch'"),
            .number("base_revision", "past.state ->> 'base_revision'"),
            .json("before", "past.state -> 'before'"),
            .json("after", "past.state -> 'after'"),
            .text("reason", "past.state ->> 'reason'"),
            .text("source_url", "past.state ->> 'source_url'"),
            .text("proposer", "past.state ->> 'proposer'"),
            .text("seconded_by", "past.state ->> 'seconded_by'"),
            .text("decided_by", "past.state ->> 'decided_by'"),
            .text("decision_reason", "past.state ->> 'decision_reason'"),
            .number("reverts", "past.state ->> 'reverts'"),
            .text("created_at", Columns.time("c.created_at")),
        ],
        rows: { position in
            """
            FROM correction c
            JOIN \(Past.state("correction", "c.id", position)) past ON true
            ORDER BY c.id
            """
        }
    )
}
