internal import Formats
internal import Foundation

/// What a dump consists of.
package struct DumpManifest: Sendable, Hashable, Codable {
    /// One table of a dump: the lines of a `COPY` in text form.
    package struct Part: Sendable, Hashable, Codable {
        /// The table's name.
        package var name: String
        /// Its columns in the order of the lines' fields.
        package var columns: [String]
        package var rows: Int
        package var bytes: Int
        /// SHA-256 of the lines, in lower-case hexadecimal.
        package var sha256: String
    }

    /// The form of the dump: ``currentFormat``.
    package var format: Int
    /// How many migrations the schema has been through.
    package var schemaVersion: Int
    /// SHA-256 over the migrations' names and contents: two schemas of one number need not be the same.
    package var schemaHash: String
    /// The position of the newest log entry.
    package var position: Int64
    /// That entry's hash.
    package var hash: String
    /// The tables, each behind those that it refers to.
    package var parts: [Part]

    /// The form that this program writes and reads.
    package static let currentFormat = 1

    private enum CodingKeys: String, CodingKey {
        case format = "claimboard_dump"
        case schemaVersion = "schema_version"
        case schemaHash = "schema_hash"
        case position, hash, parts
    }

    /// What identifies the schema that this program knows.
    static let knownSchemaHash: String = Array(
        Migration.all.map { "\($0.name) \($0.checksum)\n" }.joined().utf8
    ).sha256

    /// Reads a manifest.
    ///
    /// - Throws: `RegistryError` (invalid) for anything else, and for what this program cannot restore.
    init(json: [UInt8]) throws(RegistryError) {
        guard let manifest = try? JSONDecoder().decode(DumpManifest.self, from: Data(json)) else {
            throw RegistryError(.invalid, "this is not the manifest of a dump")
        }
        guard manifest.format == Self.currentFormat else {
            throw RegistryError(
                .invalid,
                "the dump has form \(manifest.format), and this program reads \(Self.currentFormat)"
            )
        }
        guard manifest.schemaVersion == Migration.all.count, manifest.schemaHash == Self.knownSchemaHash else {
            throw RegistryError(
                .invalid,
                "the dump is of schema version \(manifest.schemaVersion) (\(manifest.schemaHash.prefix(12))), and this program "
                    + "has version \(Migration.all.count) (\(Self.knownSchemaHash.prefix(12))): restore it with the version that "
                    + "made it, then run claimboard migrate"
            )
        }
        guard manifest.parts.map(\.name) == DumpTable.all.map(\.name) else {
            throw RegistryError(.invalid, "the dump does not hold the tables that it has to")
        }
        self = manifest
    }

    /// Makes a manifest of what was dumped.
    init(head: LogHead, parts: [Part]) {
        format = Self.currentFormat
        schemaVersion = Migration.all.count
        schemaHash = Self.knownSchemaHash
        position = head.position
        hash = head.hash
        self.parts = parts
    }

    /// The manifest as JSON, a line a table.
    var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("claimboard_dump", format)
            json.member("schema_version", schemaVersion)
            json.member("schema_hash", schemaHash)
            json.member("position", position)
            json.member("hash", hash)
            json.array("parts", of: parts) { json, part in
                json.member("name", part.name)
                json.member("columns", part.columns)
                json.member("rows", part.rows)
                json.member("bytes", part.bytes)
                json.member("sha256", part.sha256)
            }
        }
        json.endLine()
        return json.bytes
    }
}

/// Where a dump goes.
package protocol DumpWriter: Sendable {
    /// Begins a table; the one before is done.
    func begin(part: String) async throws
    /// Adds bytes to the table.
    func write(_ bytes: [UInt8]) async throws
    /// Ends the dump; without this it is none.
    func finish(manifest: [UInt8]) async throws
}

/// Where a dump comes from.
package protocol DumpReader: Sendable {
    /// The manifest's bytes.
    func manifest() async throws -> [UInt8]
    /// Goes to the beginning of a table.
    func open(_ part: DumpManifest.Part) async throws
    /// The next bytes of the table; `nil` at its end.
    func next() async throws -> [UInt8]?
}
