package import Formats
package import Registry

/// What goes with an export's files: what they hold, of which state, and how to tell that they are whole.
package struct ExportManifest: JSONValue {
    private let export: Export
    private let snapshot: Snapshot
    private let files: [(form: String, summary: ExportSummary)]

    /// Describes files.
    ///
    /// - Parameters:
    ///   - export: their kind.
    ///   - snapshot: the state that they are of.
    ///   - files: `csv` or `jsonl`, with what was written.
    package init(export: Export, snapshot: Snapshot, files: [(form: String, summary: ExportSummary)]) {
        self.export = export
        self.snapshot = snapshot
        self.files = files
    }

    /// Writes the manifest.
    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.member("kind", export.name)
            json.member("schema_version", Export.schemaVersion)
            json.member("columns", export.columnNames)
            json.object("snapshot") { json in
                json.member("name", snapshot)
                json.member("position", snapshot.position)
                json.member("hash", snapshot.hash)
            }
            json.member("licence", Export.licence)
            json.array("files", of: files) { json, file in
                json.member("form", file.form)
                json.member("rows", file.summary.rowCount)
                json.member("bytes", file.summary.sizeBytes)
                json.member("sha256", file.summary.sha256)
            }
        }
    }
}
