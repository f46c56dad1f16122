internal import Postgres

extension Registry {
    /// The state that the registry is in.
    ///
    /// - Throws: `PostgresError`.
    package func currentSnapshot() async throws -> Snapshot {
        let head = try await logHead()
        return Snapshot(position: head.position, hash: head.hash)
    }

    /// The state that the registry was in at a moment.
    ///
    /// - Parameter moment: a position in the middle of a transaction means the state after it, since nobody has seen another.
    /// - Returns: the snapshot; the empty registry's for a time before the first entry.
    /// - Throws: `RegistryError` (notFound) for a position that the log has not come to, and for a hash that is not the log's.
    package func snapshot(_ moment: AsOf) async throws -> Snapshot {
        switch moment {
        case .position(0), .snapshot(0, "000000000000"): return .empty
        case .position(let position), .snapshot(let position, _):
            let rows = try await client.read(
                """
                SELECT l.position, encode(l.hash, 'hex')
                FROM (SELECT min(s.position) AS position FROM log_snapshot s WHERE s.position >= \(position)) s
                JOIN log l ON l.position = s.position
                """
            )
            guard let (found, hash) = try rows.first?.decode(Int64.self, String.self) else {
                throw RegistryError(.notFound, "the log has not come to entry \(position)", field: "as_of")
            }
            let snapshot = Snapshot(position: found, hash: hash)
            if case .snapshot(_, let prefix) = moment, found != position || !hash.hasPrefix(prefix) {
                throw RegistryError(.notFound, "this registry has no snapshot of this name", field: "as_of")
            }
            return snapshot
        case .time(let time):
            let rows = try await client.read(
                """
                SELECT l.position, encode(l.hash, 'hex')
                FROM (
                    SELECT s.position FROM log_snapshot s WHERE s.at <= \(time)::timestamptz
                    ORDER BY s.at DESC, s.position DESC LIMIT 1
                ) s
                JOIN log l ON l.position = s.position
                """
            )
            let found = try rows.first?.decode(Int64.self, String.self)
            return found.map { Snapshot(position: $0.0, hash: $0.1) } ?? .empty
        }
    }

    /// Reads one state of the registry by as many statements as it takes.
    ///
    /// The present state is read from what is kept for it; where a write came in between, what was read may be of two
    /// states, and is read again, at last from the history, which no write can change.
    ///
    /// - Parameters:
    ///   - asOf: the moment; `nil` for the present.
    ///   - body: what to read of which moment.
    /// - Returns: what was read, with the snapshot that it is of.
    /// - Throws: as ``snapshot(_:)``, and what the body throws.
    func consistently<R: Sendable>(
        _ asOf: AsOf?,
        _ body: (Moment) async throws -> R
    ) async throws -> (value: R, snapshot: Snapshot) {
        if let asOf {
            let snapshot = try await snapshot(asOf)
            return (try await body(Moment(position: snapshot.position)), snapshot)
        }
        var snapshot = try await currentSnapshot()
        for _ in 1...Self.readAttempts {
            let value = try await body(.now)
            let after = try await currentSnapshot()
            if after == snapshot { return (value, snapshot) }
            snapshot = after
        }
        return (try await body(Moment(position: snapshot.position)), snapshot)
    }

    /// Writers commit some hundred times a second at most, and a read takes about a millisecond.
    private static let readAttempts = 3
}
