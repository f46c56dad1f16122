internal import Foundation
internal import Postgres

extension Registry {
    /// Carries a request out once, and keeps its answer for ``keptHours`` hours.
    ///
    /// Effect and answer are committed in one transaction: when the process or the database dies in between, neither is
    /// there, and the request can be sent again. Others who come while it runs are told so at once, on every instance.
    ///
    /// - Parameters:
    ///   - request: the request.
    ///   - work: carries it out on the registry that it is given, and on no other, from one task at a time; may be run
    ///     although its effect is undone in the end.
    ///   - refusal: the answer that an error of `work` means, where that is to be kept; its effects are undone. `nil` where
    ///     the request is to count as never sent.
    /// - Returns: what became of it.
    /// - Throws: errors of `work` that `refusal` does not take; `RegistryError` (unavailable).
    package func once(
        _ request: KeyedRequest,
        work: (Registry) async throws -> KeptAnswer,
        refusal: (any Error) -> KeptAnswer?
    ) async throws -> KeyedOutcome {
        if let known = try Self.outcome(of: try await client.readPresent(Self.query(for: request)), request) {
            return known
        }
        return try await client.write { transaction in
            let name = "\(request.accountID):\(request.key)"
            let rows = try await transaction.batch([
                "SELECT pg_try_advisory_xact_lock(hashtextextended(\(name), \(Self.lockSeed)))",
                Self.query(for: request),
            ])
            guard try rows[0].value(Bool.self) == true else { return .underWay }
            if let known = try Self.outcome(of: rows[1], request) { return known }
            var bound = self
            bound.client.enclosing = transaction
            var answer: KeptAnswer
            do {
                answer = try await transaction.part { [bound] _ in try await work(bound) }
            } catch {
                guard let refused = refusal(Database.translated(error)) else { throw error }
                answer = refused
            }
            try await transaction.keep(answer, for: request)
            return .first(answer)
        }
    }

    /// Deletes the answers that have been kept long enough.
    ///
    /// - Returns: how many there were.
    /// - Throws: `RegistryError` (unavailable).
    @discardableResult
    package func forgetOldAnswers() async throws -> Int {
        try await client.write { transaction in
            try await transaction.execute(
                "DELETE FROM idempotency_key WHERE created_at < now() - make_interval(hours => \(Self.keptHours))"
            )
        }
    }

    /// How long answers are kept: a client that has got none for a day asks a person first.
    package static let keptHours = 24

    private static func query(for request: KeyedRequest) -> SQL {
        """
        SELECT k.fingerprint, k.status, k.headers::text, k.body
        FROM idempotency_key k
        WHERE k.account_id = \(request.accountID) AND k.key = \(request.key)
            AND k.created_at >= now() - make_interval(hours => \(keptHours))
        """
    }

    private static func outcome(of rows: Rows, _ request: KeyedRequest) throws -> KeyedOutcome? {
        guard let row = rows.first else { return nil }
        let (fingerprint, status, headers, body) = try row.decode([UInt8].self, Int.self, String.self, [UInt8].self)
        guard fingerprint == request.fingerprint else { return .reused }
        let fields = try JSONDecoder().decode([String: String].self, from: Data(headers.utf8))
        return .repeated(KeptAnswer(status: status, headers: fields, body: body))
    }

    /// Keeps these locks apart from others that hash a text: "idempote" in ASCII.
    private static let lockSeed: Int64 = 0x6964_656D_706F_7465
}

extension Transaction {
    fileprivate func keep(_ answer: KeptAnswer, for request: KeyedRequest) async throws {
        let headers = String(decoding: try JSONEncoder().encode(answer.headers), as: UTF8.self)
        // What stands there is too old to be given out.
        try await execute(
            """
            INSERT INTO idempotency_key (account_id, key, fingerprint, status, headers, body)
            VALUES (
                \(request.accountID), \(request.key), \(request.fingerprint), \(answer.status), \(headers)::jsonb,
                \(answer.body))
            ON CONFLICT (account_id, key) DO UPDATE SET
                fingerprint = excluded.fingerprint, status = excluded.status, headers = excluded.headers,
                body = excluded.body, created_at = excluded.created_at
            """
        )
    }
}
