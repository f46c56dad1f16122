internal import Postgres

/// Which state of the registry a query is about: the present one, or the one after a log entry.
///
/// The tables have the present; the revisions, which only grow, and the history of boards have what was.
struct Moment: Sendable, Hashable {
    /// The log entry, which must be the last one of a transaction; `nil` for the present.
    let position: Int64?

    /// The present.
    static let now = Moment(position: nil)
}

/// SQL over the revisions, for what was at a log position.
enum Past {
    /// The state that a record had, as an item of a FROM clause with the columns `state` and `number`.
    ///
    /// - Parameters:
    ///   - type: the record's type.
    ///   - id: an expression for its id.
    ///   - position: the log position.
    /// - Returns: `LATERAL (…)`, without a row where the record was not there.
    static func state(_ type: String, _ id: SQL, _ position: Int64) -> SQL {
        """
        LATERAL (
            SELECT r.state, r.number FROM revision r
            WHERE r.record_type = \(type) AND r.record_id = \(id) AND r.log_position <= \(position)
            ORDER BY r.number DESC LIMIT 1
        )
        """
    }

    /// Whether a row of a history stood so, given the name of its table.
    static func holds(_ table: String, _ position: Int64) -> SQL {
        """
        \(unescaped: table).from_position <= \(position)
            AND (\(unescaped: table).to_position IS NULL OR \(unescaped: table).to_position > \(position))
        """
    }

    /// For ``ColumnReader/evidence()``, of a state.
    static func evidence(_ state: String) -> SQL {
        let evidence: SQL = "(\(unescaped: state) -> 'evidence')"
        return """
            \(evidence) ->> 'source', (\(evidence) ->> 'start')::integer, (\(evidence) ->> 'end')::integer,
            \(evidence) ->> 'text'
            """
    }

    /// What ends every reading: confidence and rules.
    static func sureness(_ state: String) -> SQL {
        """
        (\(unescaped: state) ->> 'confidence')::double precision,
        ARRAY(SELECT jsonb_array_elements_text(\(unescaped: state) -> 'rules'))
        """
    }

    /// For ``ColumnReader/paper()``: an id and a paper's state.
    static func paper(_ id: String, _ state: String) -> SQL {
        """
        \(unescaped: id), \(unescaped: state) ->> 'title', \(unescaped: state) ->> 'published',
        \(unescaped: state) ->> 'url'
        """
    }

    /// For ``ColumnReader/model()``, of a model's id and state, which are null where there is none.
    static func model(_ id: String, _ state: String) -> SQL {
        "\(unescaped: id), \(unescaped: state) ->> 'slug', \(unescaped: state) ->> 'name'"
    }

    /// For ``ColumnReader/metric()``, of a metric's id and state, which are null where there is none.
    static func metric(_ id: String, _ state: String) -> SQL {
        """
        \(model(id, state)), \(unescaped: state) ->> 'direction', (\(unescaped: state) ->> 'direction_assumed')::boolean
        """
    }

    /// For ``ColumnReader/extractor()``, of a state.
    static func extractor(_ state: String) -> SQL {
        """
        regexp_replace(\(unescaped: state) ->> 'extractor', '/[^/]*$', ''),
        substring(\(unescaped: state) ->> 'extractor' FROM '[^/]*$')
        """
    }

    /// The first day that the date in a paper's state can mean.
    static func firstDay(_ state: String) -> SQL {
        "left((\(unescaped: state) ->> 'published') || '-01-01', 10)::date"
    }

    /// The names printed for a claim's benchmarks.
    static func printedBenchmarks(_ state: String) -> SQL {
        """
        ARRAY(SELECT b.value ->> 'name'
            FROM jsonb_array_elements(\(unescaped: state) -> 'benchmarks') WITH ORDINALITY AS b (value, place)
            ORDER BY b.place)
        """
    }

    /// The addresses of a paper's code.
    static func codeLinks(paper: String, _ position: Int64) -> SQL {
        """
        ARRAY(SELECT past.state ->> 'url' FROM link l
            CROSS JOIN \(state("link", "l.id", position)) past
            WHERE l.paper_id = \(unescaped: paper) AND past.state ->> 'kind' = 'code'
                AND past.state ->> 'status' = 'active'
            ORDER BY l.id)
        """
    }
}
