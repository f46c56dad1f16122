internal import Crypto
internal import Formats
internal import Postgres

/// The forms in which an export is written.
package enum ExportForm: Sendable, Hashable {
    /// Comma-separated values with a header row; raw with every cell as it is, else with formulas made harmless.
    case csv(raw: Bool)
    /// A JSON object a line, and a last line that tells that nothing is missing.
    case jsonLines
}

/// What an export consists of: enough to tell a cut or altered copy from a whole one.
package struct ExportSummary: Sendable, Hashable {
    /// How many records there are; the header row and the last line do not count.
    package var rowCount: Int
    package var sizeBytes: Int
    /// SHA-256 of the bytes, in JSON Lines of those before the last line, in lower-case hexadecimal.
    package var sha256: String
}

/// An export whose first rows are there: what stood in its way has been told before anything is written.
package struct ExportReading: Sendable {
    private let export: Export
    private let form: ExportForm
    private let snapshot: Snapshot
    private let first: Rows?
    private let others: RowStream.Iterator

    fileprivate init(_ export: Export, _ form: ExportForm, _ snapshot: Snapshot, _ stream: RowStream) async throws {
        var iterator = stream.makeAsyncIterator()
        first = try await iterator.next()
        others = iterator
        (self.export, self.form, self.snapshot) = (export, form, snapshot)
    }

    /// Writes all records; to be called once.
    ///
    /// - Parameter write: takes the bytes, some hundred kilobytes at a time.
    /// - Returns: what was written.
    /// - Throws: `RegistryError` (unavailable), and what the body throws.
    package func write(to write: ([UInt8]) async throws -> Void) async throws -> ExportSummary {
        var writer = ExportWriter(export, form)
        var (next, iterator) = (first, others)
        while let rows = next {
            for row in rows { try writer.append(row) }
            try await write(writer.takeBytes())
            do { next = try await iterator.next() } catch { throw Database.translated(error) }
        }
        let (rest, summary) = writer.finish(export, snapshot)
        try await write(rest)
        return summary
    }
}

extension Registry {
    /// Begins to read all records of a kind as they were in a snapshot.
    ///
    /// The rows come from revisions, which only grow, so the bytes are the same whenever and however often it is done, and
    /// no write in between shows. One cursor reads them: memory stays flat, and the server stops when the body throws, the
    /// task is cancelled or nobody holds what is returned.
    ///
    /// - Parameters:
    ///   - export: the kind.
    ///   - form: how to write them.
    ///   - snapshot: the state, as ``snapshot(_:)`` or ``currentSnapshot()`` gave it.
    /// - Returns: the reading under way, with a connection to itself.
    /// - Throws: `RegistryError` (unavailable).
    package func beginExport(
        _ export: Export,
        as form: ExportForm,
        of snapshot: Snapshot
    ) async throws -> ExportReading {
        do {
            // Some 200 KB a chunk: claims take some 500 bytes, papers 2000.
            let rows = client.stream(export.sql(at: snapshot).named("export"), chunkRows: 250)
            return try await ExportReading(export, form, snapshot, rows)
        } catch {
            throw Database.translated(error)
        }
    }

    /// Writes all records of a kind as they were in a snapshot: begins and writes, in one.
    ///
    /// - Throws: `RegistryError` (unavailable), and what the body throws.
    package func export(
        _ export: Export,
        as form: ExportForm,
        of snapshot: Snapshot,
        write: ([UInt8]) async throws -> Void
    ) async throws -> ExportSummary {
        try await beginExport(export, as: form, of: snapshot).write(to: write)
    }
}

/// Writes the rows of an export, and counts and hashes what it writes.
struct ExportWriter {
    private let export: Export
    private let names: [String]
    private var csv: CSVWriter?
    private var json = JSONWriter(capacity: 256 * 1024)
    private var hash = SHA256()
    private var rowCount = 0
    private var sizeBytes = 0

    init(_ export: Export, _ form: ExportForm) {
        self.export = export
        names = export.columnNames
        if case .csv(let isRaw) = form { csv = CSVWriter(columns: names, cells: isRaw ? .raw : .harmless) }
    }

    mutating func append(_ row: Row) throws {
        rowCount += 1
        if csv == nil {
            try appendLine(row)
        } else {
            for column in names.indices { csv?.cell(try row.decode(column: column, as: String?.self)) }
            csv?.endRow()
        }
    }

    private mutating func appendLine(_ row: Row) throws {
        json.beginObject()
        for column in names.indices {
            json.name(dynamic: names[column])
            let form = column < export.columns.count ? export.columns[column].form : .text
            guard var text = try row.decode(column: column, as: String?.self) else {
                json.null()
                continue
            }
            switch form {
            case .text, .decimal: json.value(text)
            case .truth: json.value(text == "true" || text == "t")
            case .number, .json: text.withUTF8 { json.value(json: UnsafeRawBufferPointer($0)) }
            }
        }
        json.endObject()
        json.endLine()
    }

    /// The bytes written since the last call.
    mutating func takeBytes() -> [UInt8] {
        let bytes = csv?.takeBytes() ?? json.takeBytes()
        hash.update(data: bytes)
        sizeBytes += bytes.count
        return bytes
    }

    /// The rest of the bytes, and what all of them are.
    mutating func finish(_ export: Export, _ snapshot: Snapshot) -> (rest: [UInt8], summary: ExportSummary) {
        var rest = takeBytes()
        let digest = Array(hash.finalize()).hexadecimal
        if csv == nil {
            json.object { json in
                json.name("end")
                json.object { json in
                    json.member("kind", export.name)
                    json.member("schema_version", Export.schemaVersion)
                    json.member("snapshot", snapshot.description)
                    json.member("licence", Export.licence)
                    json.member("rows", rowCount)
                    json.member("sha256", digest)
                }
            }
            json.endLine()
            let line = json.takeBytes()
            sizeBytes += line.count
            rest += line
        }
        return (rest, ExportSummary(rowCount: rowCount, sizeBytes: sizeBytes, sha256: digest))
    }
}
