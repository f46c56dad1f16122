internal import CSchema

/// One numbered step of the schema.
struct Migration: Sendable, Hashable {
    /// The file's name, such as `0001_create_names.sql`.
    let name: String
    /// The statements.
    let sql: String

    /// The SHA-256 of the statements, in lower-case hexadecimal.
    var checksum: String {
        Array(sql.utf8).sha256
    }

    /// All steps that this program knows, in the order in which they are applied.
    static let all: [Migration] = (0..<claimboard_migration_count()).map { position in
        let migration = claimboard_migration_at(position)
        // SAFETY: name and bytes are constants of the program; the name ends with a zero, the bytes are `count` many.
        let bytes = UnsafeBufferPointer(start: migration.bytes, count: migration.count)
        return Migration(name: String(cString: migration.name), sql: String(decoding: bytes, as: UTF8.self))
    }

    /// The step to apply next.
    ///
    /// - Parameters:
    ///   - applied: names and checksums of what the database holds, in the order of the names.
    ///   - known: the steps that the program knows, in order.
    /// - Returns: the step; `nil` where nothing is to be done.
    /// - Throws: `RegistryError` (conflict) where the database holds anything but the first of the known steps, unchanged.
    static func next(
        after applied: [(name: String, checksum: String)],
        of known: [Migration]
    ) throws(RegistryError) -> Migration? {
        for (position, step) in applied.enumerated() {
            guard let index = known.firstIndex(where: { $0.name == step.name }) else {
                throw RegistryError(
                    .conflict,
                    "the database holds migration \(step.name), which this version does not know: "
                        + "it was migrated by a newer version, or by another program"
                )
            }
            guard known[index].checksum == step.checksum else {
                throw RegistryError(
                    .conflict,
                    "migration \(step.name) is not the one that was applied to the database: its checksum differs"
                )
            }
            guard index == position else {
                throw RegistryError(
                    .conflict,
                    "the database holds migration \(step.name) but lacks \(known[position].name), which comes before it"
                )
            }
        }
        return applied.count < known.count ? known[applied.count] : nil
    }
}
