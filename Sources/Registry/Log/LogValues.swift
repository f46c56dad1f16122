/// The newest entry of the log.
package struct LogHead: Sendable, Hashable {
    /// How many entries there are; the first has position 1.
    package var position: Int64
    /// The newest entry's SHA-256 in lower-case hexadecimal; 64 zeros for an empty log.
    package var hash: String
}

/// One entry of the append-only journal.
package struct LogEntry: Sendable, Hashable {
    package var position: Int64
    /// When, in UTC (RFC 3339, microseconds).
    package var at: String
    package var actor: String
    /// What was done, such as `paper.created`.
    package var kind: String
    /// The entry as JSON, byte for byte as it went into the hash.
    package var entry: String
    /// The hash of the entry before it, hexadecimal.
    package var previousHash: String
    /// SHA-256 over the 32 bytes of ``previousHash`` and the bytes of ``entry``, hexadecimal.
    package var hash: String
}

/// What a check of the whole log found.
package struct LogVerification: Sendable, Hashable {
    /// How many entries were read.
    package var entryCount: Int64
    package var head: LogHead
    /// The first thing that is wrong, in one sentence; `nil` where all is as it was written.
    package var fault: String?
}

/// How much the registry holds.
package struct RegistryCounts: Sendable, Hashable {
    package var papers: Int
    /// Active ones.
    package var claims: Int
    package var benchmarks: Int
    package var models: Int
    package var metrics: Int
    package var boards: Int
    package var sotaClaims: Int
    package var modelSizes: Int
    package var links: Int
    /// The position of the log's head.
    package var logPosition: Int64
}
