internal import Postgres

/// Everything of one kind as one table, at one state of the registry.
///
/// To add a kind: a file with its columns and query as those beside this one, and a line in ``all``; Docs/csv.md has to name
/// its columns, which a test compares.
package struct Export: Sendable {
    /// The name in addresses and commands, in the plural.
    package let name: String
    /// The columns in their order; new ones are only ever added at the end.
    package let columns: [ExportColumn]
    /// The rows of a state of the registry, in the order of their ids: a FROM clause and all that follows.
    let rows: @Sendable (_ position: Int64) -> SQL

    /// All kinds, by name.
    package static let all: [Export] = [.benchmarks, .claims, .corrections, .metrics, .models, .papers]

    /// The version of the columns' contract: raised when a column changes its meaning or goes, which none should.
    package static let schemaVersion = 1

    /// What the records may be used for; the words quoted from papers stay their authors'.
    package static let licence = "CC0-1.0"

    /// The kind of a name.
    package static func named(_ name: String) -> Export? { all.first { $0.name == name } }

    /// The whole query for a snapshot.
    func sql(at snapshot: Snapshot) -> SQL {
        let values = columns.map(\.value) + ["\(snapshot.description)"]
        return "SELECT \(SQL.joined(values, separator: ", ")) \(rows(snapshot.position))"
    }

    /// The names of all columns, the snapshot's included, which every table ends with.
    package var columnNames: [String] { columns.map(\.name) + ["snapshot"] }
}

/// One column of an export.
package struct ExportColumn: Sendable {
    /// How a value is written in JSON; in CSV all are written as they are printed.
    package enum Form: Sendable {
        /// A string.
        case text
        /// A number; also for fractions that need not stay exact.
        case number
        /// A string, since the number must stay exact.
        case decimal
        /// `true` or `false`.
        case truth
        /// A value that is JSON already, in CSV, too.
        case json
    }

    /// The column's name, in snake_case.
    package let name: String
    /// How its values are written.
    package let form: Form
    /// An expression that gives the value as text, or null.
    let value: SQL

    static func text(_ name: String, _ value: SQL) -> ExportColumn { .init(name: name, form: .text, value: value) }
    static func number(_ name: String, _ value: SQL) -> ExportColumn { .init(name: name, form: .number, value: value) }
    static func decimal(_ name: String, _ value: SQL) -> ExportColumn {
        .init(name: name, form: .decimal, value: value)
    }
    static func truth(_ name: String, _ value: SQL) -> ExportColumn { .init(name: name, form: .truth, value: value) }
    static func json(_ name: String, _ value: SQL) -> ExportColumn { .init(name: name, form: .json, value: value) }
}
