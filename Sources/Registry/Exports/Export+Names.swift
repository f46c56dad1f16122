internal import Postgres

// Benchmarks, models and metrics, merged and retracted ones included, so that what old data names is found.

extension Export {
    /// Benchmarks with all their names.
    static let benchmarks = Export(
        name: "benchmarks",
        columns: heading("benchmark")
            + [
                .text("kind", "past.state ->> 'kind'"),
                .text("description", "past.state ->> 'description'"),
                .text("url", "past.state ->> 'url'"),
            ] + standing,
        rows: { rows(of: "benchmark", $0) }
    )

    /// Models with all their names, and their sizes.
    static let models = Export(
        name: "models",
        columns: heading("model") + [.number("parameters", "size.parameters")] + standing,
        rows: { position in
            rows(
                of: "model",
                position,
                joins: """
                    LEFT JOIN LATERAL (
                        SELECT stated.state ->> 'parameters' AS parameters
                        FROM (
                            SELECT s.id FROM model_size s WHERE s.model_id = t.id
                            UNION
                            SELECT f.record_id FROM former_reference f
                            WHERE f.record_type = 'model_size' AND f.target_type = 'model' AND f.target_id = t.id
                        ) known
                        JOIN \(Past.state("model_size", "known.id", position)) stated ON true
                        WHERE stated.state ->> 'status' = 'active' AND stated.state ->> 'parameters_high' IS NULL
                            AND stated.state ->> 'bound' IN ('exact', 'about')
                            AND (stated.state ->> 'model_id')::bigint = t.id
                        ORDER BY known.id DESC LIMIT 1
                    ) size ON true
                    """
            )
        }
    )

    /// Metrics with all their names.
    static let metrics = Export(
        name: "metrics",
        columns: heading("metric")
            + [
                .text("direction", "past.state ->> 'direction'"),
                .truth("direction_assumed", "past.state ->> 'direction_assumed'"),
                .text("usual_unit", "past.state ->> 'usual_unit'"),
            ] + standing,
        rows: { rows(of: "metric", $0) }
    )

    private static func heading(_ type: String) -> [ExportColumn] {
        [
            .number("\(type)_id", "t.id"),
            .number("revision", "past.number"),
            .text("slug", "past.state ->> 'slug'"),
            .text("name", "past.state ->> 'name'"),
            .json("aliases", "past.state -> 'aliases'"),
        ]
    }

    private static let standing: [ExportColumn] = [
        .text("status", "past.state ->> 'status'"),
        .text("merged_into", "other.state ->> 'slug'"),
        .json("set_by", "past.state -> 'set_by'"),
        .text("created_at", Columns.time("t.created_at")),
    ]

    private static func rows(of type: String, _ position: Int64, joins: SQL = "") -> SQL {
        """
        FROM \(unescaped: type) t
        JOIN \(Past.state(type, "t.id", position)) past ON true
        LEFT JOIN \(Past.state(type, "(past.state ->> 'merged_into')::bigint", position)) other ON true
        \(joins)
        ORDER BY t.id
        """
    }
}
