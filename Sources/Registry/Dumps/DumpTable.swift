/// A table that a dump holds.
///
/// A new table is either listed here or named in ``left`` with the reason; a test compares both with the schema.
struct DumpTable: Sendable {
    let name: String
    /// The rows' order, which no setting of a server may change: a unique key.
    let order: String

    /// All tables, each behind those that it refers to.
    static let all: [DumpTable] = [
        DumpTable(name: "account", order: "id"),
        DumpTable(name: "account_identity", order: "issuer COLLATE \"C\", subject COLLATE \"C\""),
        DumpTable(name: "extractor", order: "id"),
        DumpTable(name: "benchmark", order: "id"),
        DumpTable(name: "benchmark_alias", order: "name_key COLLATE \"C\""),
        DumpTable(name: "metric", order: "id"),
        DumpTable(name: "metric_alias", order: "name_key COLLATE \"C\""),
        DumpTable(name: "model", order: "id"),
        DumpTable(name: "model_alias", order: "name_key COLLATE \"C\""),
        DumpTable(name: "former_slug", order: "record_type COLLATE \"C\", slug COLLATE \"C\""),
        DumpTable(name: "paper", order: "id"),
        DumpTable(name: "paper_identifier", order: "scheme COLLATE \"C\", value COLLATE \"C\""),
        DumpTable(name: "claim", order: "id"),
        DumpTable(name: "claim_benchmark", order: "claim_id, position"),
        DumpTable(name: "sota_claim", order: "id"),
        DumpTable(name: "sota_claim_benchmark", order: "sota_claim_id, position"),
        DumpTable(name: "model_size", order: "id"),
        DumpTable(name: "link", order: "id"),
        DumpTable(name: "paper_benchmark", order: "id"),
        DumpTable(name: "benchmark_count", order: "paper_benchmark_id, position"),
        DumpTable(name: "former_text", order: "text_hash"),
        DumpTable(name: "correction", order: "id"),
        DumpTable(name: "correction_benchmark", order: "benchmark_id, correction_id"),
        DumpTable(name: "correction_comment", order: "id"),
        DumpTable(name: "board", order: "id"),
        DumpTable(name: "board_entry", order: "board_id, sort_key, claim_id"),
        DumpTable(name: "board_aside", order: "board_id, claim_id"),
        DumpTable(name: "board_former", order: "board_id, status COLLATE \"C\", sort_key, claim_id"),
        DumpTable(name: "log", order: "position"),
        DumpTable(name: "log_snapshot", order: "position"),
        DumpTable(name: "revision", order: "record_type COLLATE \"C\", record_id, number"),
        DumpTable(name: "paper_reading", order: "paper_id, from_position"),
        DumpTable(name: "board_history", order: "board_id, from_position"),
        DumpTable(
            name: "board_entry_history",
            order: "board_id, part COLLATE \"C\", sort_key, claim_id, from_position"
        ),
        DumpTable(name: "benchmark_change", order: "benchmark_id, log_position"),
        DumpTable(
            name: "former_reference",
            order: "record_type COLLATE \"C\", target_type COLLATE \"C\", target_id, record_id"
        ),
    ]

    /// The tables that a dump leaves out, and why.
    static let left: [String: String] = [
        "schema_migration": "the program that restores knows the schema",
        "log_head": "follows from the log",
        "paper_task": "work to be done, not what is known",
        "token": "lets somebody in; a dump goes to places where a secret should not",
        "idempotency_key": "answers of the last day, some of which show a new token",
    ]
}
