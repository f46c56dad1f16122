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
    /// An item of a FROM clause, named `e`, with the columns of `board_entry`.
    let source: SQL
    /// Joins from a line to its claim `c`, paper `p` and model `d`.
    let joins: SQL
    /// For ``BoardEntry/init(reading:)``.
    let columns: SQL

    /// The ranked lines.
    init(_ status: BoardStatus, at moment: Moment) {
        let parts: [String] = status == .all ? ["active", "retired", "retracted"] : [status.rawValue]
        self.init(parts: parts, at: moment)
    }

    /// The lines that have no rank.
    static func aside(at moment: Moment) -> BoardLines {
        BoardLines(parts: ["aside"], at: moment)
    }

    private init(parts: [String], at moment: Moment) {
        if parts == ["active"], moment == .now {
            source = "board_entry e"
        } else {
            let tables = parts.map { Self.part($0, at: moment) }
            source = "(\(SQL.joined(tables, separator: " UNION ALL "))) e"
        }
        if let position = moment.position {
            joins = Self.pastJoins(position)
            columns = Self.pastColumns(position)
        } else {
            joins = Self.presentJoins
            // Only the lines that count are kept up to date in this.
            columns = Self.presentColumns(hasCode: parts == ["active"] ? "e.has_code" : "true")
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

    private static let presentJoins: SQL = """
        JOIN claim c ON c.id = e.claim_id
        JOIN paper p ON p.id = c.paper_id
        LEFT JOIN model d ON d.id = c.model_id
        """

    /// - Parameter hasCode: whether the paper may link to code: most do not, and then need not be looked up.
    /// - Returns: the columns.
    private static func presentColumns(hasCode: SQL) -> SQL {
        """
        c.id, c.value, c.value_high, c.bound, c.aggregate, c.subject, \(Columns.model), e.parameters, \(Columns.paper),
        \(Columns.evidence("c")),
        CASE WHEN \(hasCode) THEN ARRAY(SELECT l.url FROM link l
            WHERE l.paper_id = p.id AND l.kind = 'code' AND l.status = 'active' ORDER BY l.id) ELSE '{}' END,
        c.confidence, c.status
        """
    }

    private static func pastJoins(_ position: Int64) -> SQL {
        """
        JOIN \(Past.state("claim", "e.claim_id", position)) c ON true
        JOIN \(Past.state("paper", "e.paper_id", position)) p ON true
        LEFT JOIN \(Past.state("model", "e.model_id", position)) d ON true
        """
    }

    private static func pastColumns(_ position: Int64) -> SQL {
        """
        e.claim_id, (c.state ->> 'value')::numeric, (c.state ->> 'value_high')::numeric, c.state ->> 'bound',
        c.state ->> 'aggregate', c.state ->> 'subject', \(Past.model("e.model_id", "d.state")), e.parameters,
        \(Past.paper("e.paper_id", "p.state")), \(Past.evidence("c.state")), \(Past.codeLinks(paper: "e.paper_id", position)),
        (c.state ->> 'confidence')::double precision, c.state ->> 'status'
        """
    }
}
