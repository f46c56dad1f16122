import Claims
internal import Postgres

/// Which lines of a board are shown.
package enum BoardStatus: String, Sendable, Hashable, CaseIterable {
    /// Claims that count.
    case active
    /// Claims that a newer reading of their papers no longer finds.
    case retired
    /// Claims that a person took back.
    case retracted
    /// All of these, in one ranking.
    case all
}

/// Where the lines of boards come from, and how what they show is read: SQL with a line named `e`.
struct BoardLines: Sendable {
    /// What is read of a line.
    struct Contents: Sendable {
        /// What is needed of the line itself, beside what the index has of every line.
        let own: SQL
        /// Joins from a line to what it shows.
        let joins: SQL
        let columns: SQL
    }

    /// An item of a FROM clause, named `e`, with the columns of `board_entry`, of which `shown` may be missing.
    let source: SQL
    /// For ``BoardEntry/init(reading:)``.
    let values: Contents
    /// For ``BoardRows``: parameters, status, and all the rest in one text as `board_shown` has it.
    let texts: Contents

    /// The ranked lines.
    init(_ status: BoardStatus, at moment: Moment) {
        guard status != .active || moment != .now else {
            self = Self.kept
            return
        }
        let parts: [String] = status == .all ? ["active", "retired", "retracted"] : [status.rawValue]
        self.init(parts: parts, at: moment)
    }

    /// What most requests ask for, put together once.
    private static let kept = BoardLines(parts: ["active"], at: .now)

    /// The lines that have no rank.
    static func aside(at moment: Moment) -> BoardLines {
        BoardLines(parts: ["aside"], at: moment)
    }

    private init(parts: [String], at moment: Moment) {
        let isKept = parts == ["active"] && moment == .now
        source =
            isKept
            ? "board_entry e"
            : "(\(SQL.joined(parts.map { Self.part($0, at: moment) }, separator: " UNION ALL "))) e"
        if let position = moment.position {
            values = Self.pastValues(position)
            texts = Self.pastTexts(position)
        } else {
            // Only the lines that count are kept up to date in this.
            values = Self.presentValues(hasCode: parts == ["active"] ? "e.has_code" : "true")
            texts = isKept ? Self.keptTexts : Self.presentTexts
        }
    }

    private static func part(_ part: String, at moment: Moment) -> SQL {
        if let position = moment.position {
            return """
                SELECT \(lineColumns) FROM board_entry_history h
                WHERE h.part = \(part) AND \(Past.holds("h", position))
                """
        }
        return switch part {
        case "active": "SELECT \(lineColumns) FROM board_entry h"
        case "aside": "SELECT \(lineColumns) FROM board_aside h"
        default: "SELECT \(lineColumns) FROM board_former h WHERE h.status = \(part)"
        }
    }

    private static let lineColumns: SQL =
        "h.board_id, h.sort_key, h.claim_id, h.paper_id, h.model_id, h.parameters, h.has_code, h.published"
}

// MARK: Values

extension BoardLines {
    /// - Parameter hasCode: whether the paper may link to code: most do not, and then need not be looked up.
    /// - Returns: the columns of present lines.
    private static func presentValues(hasCode: SQL) -> Contents {
        Contents(
            own: "",
            joins: """
                JOIN claim c ON c.id = e.claim_id
                JOIN paper p ON p.id = c.paper_id
                LEFT JOIN model d ON d.id = c.model_id
                """,
            columns: """
                c.id, c.value, c.value_high, c.bound, c.aggregate, c.subject, \(Columns.model), e.parameters,
                \(Columns.paper), \(Columns.evidence("c")),
                CASE WHEN \(hasCode) THEN ARRAY(SELECT l.url FROM link l
                    WHERE l.paper_id = p.id AND l.kind = 'code' AND l.status = 'active' ORDER BY l.id) ELSE '{}' END,
                c.confidence, c.status
                """
        )
    }

    private static func pastJoins(_ position: Int64) -> SQL {
        """
        JOIN \(Past.state("claim", "e.claim_id", position)) c ON true
        JOIN \(Past.state("paper", "e.paper_id", position)) p ON true
        LEFT JOIN \(Past.state("model", "e.model_id", position)) d ON true
        """
    }

    private static func pastValues(_ position: Int64) -> Contents {
        Contents(
            own: "",
            joins: pastJoins(position),
            columns: """
                e.claim_id, (c.state ->> 'value')::numeric, (c.state ->> 'value_high')::numeric, c.state ->> 'bound',
                c.state ->> 'aggregate', c.state ->> 'subject', \(Past.model("e.model_id", "d.state")), e.parameters,
                \(Past.paper("e.paper_id", "p.state")), \(Past.evidence("c.state")),
                \(Past.codeLinks(paper: "e.paper_id", position)), (c.state ->> 'confidence')::double precision,
                c.state ->> 'status'
                """
        )
    }
}

// MARK: Texts

extension BoardLines {
    private static let keptTexts = Contents(
        own: ", e.shown",
        joins: "",
        columns: """
            e.parameters, 'active', coalesce(e.shown, (
                SELECT s.shown FROM board_shown s WHERE s.claim_id = e.claim_id))
            """
    )

    private static let presentTexts = Contents(
        own: "",
        joins: "JOIN board_shown s ON s.claim_id = e.claim_id",
        columns: "e.parameters, s.status, s.shown"
    )

    /// What ``Past/state(_:_:_:)`` has, in the order and the form of `board_shown`.
    private static func pastTexts(_ position: Int64) -> Contents {
        Contents(
            own: "",
            joins: pastJoins(position),
            columns: """
                e.parameters, c.state ->> 'status', array_to_string(
                    ARRAY[
                        e.claim_id::text, (c.state -> 'value')::text, (c.state -> 'value_high')::text,
                        (c.state -> 'bound')::text, (c.state -> 'aggregate')::text, (d.state -> 'slug')::text,
                        (d.state -> 'name')::text, (c.state -> 'subject')::text, e.paper_id::text,
                        (p.state -> 'title')::text, (p.state -> 'published')::text, (p.state -> 'url')::text,
                        array_to_json(\(Past.codeLinks(paper: "e.paper_id", position)))::text,
                        (c.state -> 'evidence' -> 'text')::text, (c.state -> 'evidence' -> 'source')::text,
                        c.state -> 'evidence' ->> 'start', c.state -> 'evidence' ->> 'end',
                        (c.state ->> 'confidence')::double precision::text
                    ],
                    E'\\t', 'null')
                """
        )
    }
}
