/// A state that the registry has been in: what a citation can name, and nothing written later can change.
package struct Snapshot: Sendable, Hashable, CustomStringConvertible {
    /// The last log entry of the transaction that brought the registry into this state; 0 for the empty registry.
    package var position: Int64
    /// That entry's SHA-256 in lower-case hexadecimal; 64 zeros for the empty registry.
    package var hash: String

    /// Makes a snapshot.
    package init(position: Int64, hash: String) {
        self.position = position
        self.hash = hash
    }

    /// The empty registry.
    package static let empty = Snapshot(position: 0, hash: String(repeating: "0", count: 64))

    /// Position and the start of the hash, such as `1044-9f86d081884c`.
    ///
    /// 48 bits of the hash: enough to tell one registry from another, and a log from an altered one.
    package var description: String { "\(position)-\(hash.prefix(Self.hashDigits))" }

    /// How many digits of the hash stand in the name.
    static let hashDigits = 12
}

/// The moment of which a state is asked for.
package enum AsOf: Sendable, Hashable {
    /// The state after the transaction that wrote the log entry at this position; 0 for the empty registry.
    case position(Int64)
    /// A state by its name: the position and the first digits of the hash.
    case snapshot(position: Int64, hashPrefix: String)
    /// The state at a time (RFC 3339 in UTC).
    case time(String)

    /// Reads a log position (`1044`), a snapshot's name (`1044-9f86d081884c`), a time (`2026-06-30T12:00:00Z`), a day, or a
    /// month (`2026-06`); of a day and a month the end is meant.
    ///
    /// A year alone is none: it would be a position.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        func isDigits(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy { (48...57).contains($0) } }
        if let position = Int64(text), bytes.count <= 18, isDigits(0..<bytes.count) {
            self = .position(position)
        } else if let dash = bytes.firstIndex(of: UInt8(ascii: "-")), dash <= 18, isDigits(0..<dash),
            bytes.count == dash + 1 + Snapshot.hashDigits, let position = Int64(text.prefix(dash)),
            bytes[(dash + 1)...].allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
        {
            self = .snapshot(position: position, hashPrefix: String(text.dropFirst(dash + 1)))
        } else if let time = Self.time(of: text, bytes) {
            self = .time(time)
        } else {
            return nil
        }
    }
}
