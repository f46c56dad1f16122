internal import Postgres

/// What the two forms of an export consist of.
package struct ExportSummaries: Sendable, Hashable {
    package var csv: ExportSummary
    package var jsonLines: ExportSummary
}

extension Registry {
    /// Finds out what the exports of a kind consist of, in both forms, with one pass over the rows.
    ///
    /// It takes as long as giving one out, so what it finds is worth keeping: a snapshot does not change.
    ///
    /// - Parameters:
    ///   - export: the kind.
    ///   - isRaw: whether the CSV has its cells as they are.
    ///   - snapshot: the state, as ``snapshot(_:)`` or ``currentSnapshot()`` gave it.
    /// - Returns: what they consist of.
    /// - Throws: `RegistryError` (unavailable).
    package func summaries(
        of export: Export,
        raw isRaw: Bool,
        at snapshot: Snapshot
    ) async throws -> ExportSummaries {
        var (csv, lines) = (ExportWriter(export, .csv(raw: isRaw)), ExportWriter(export, .jsonLines))
        do {
            for try await rows in client.stream(export.sql(at: snapshot).named("export"), chunkRows: 250) {
                for row in rows {
                    try csv.append(row)
                    try lines.append(row)
                }
                _ = (csv.takeBytes(), lines.takeBytes())
            }
        } catch {
            throw Database.translated(error)
        }
        return ExportSummaries(
            csv: csv.finish(export, snapshot).summary,
            jsonLines: lines.finish(export, snapshot).summary
        )
    }
}
