internal import Crypto
import Formats
internal import Postgres

extension Registry {
    /// Says something about a correction, whatever its state.
    ///
    /// - Parameters:
    ///   - id: the correction.
    ///   - text: 1...5000 characters.
    ///   - principal: who says it.
    /// - Returns: the comment.
    /// - Throws: `CorrectionRefused` for a text that cannot be kept, `RegistryError` (notFound).
    package func comment(onCorrection id: Int64, _ text: String, by principal: Principal) async throws
        -> CorrectionComment
    {
        if let fault = CorrectionProse.fault(text, at: "/text", maximum: CorrectionLimits.commentLength) {
            throw CorrectionRefused(faults: [fault])
        }
        return try await inCorrectionRound(principal) { round in
            guard let correction = try await round.correction(id) else {
                throw RegistryError(.notFound, "there is no correction \(id)")
            }
            let rows = try await round.transaction.query(
                """
                INSERT INTO correction_comment (correction_id, account_id, text)
                VALUES (\(id), \(principal.accountID), \(text))
                RETURNING id, \(Columns.time("created_at"))
                """
            )
            guard let (comment, time) = try rows.first?.decode(Int64.self, String.self) else { throw IngestRace() }
            var entry = correction.entry("correction.commented", reason: "commented")
            entry.subject = .object([
                ("correction", .number(String(id))), ("comment", .number(String(comment))),
                ("sha256", .string(Array(SHA256.hash(data: Array(text.utf8))).hexadecimal)),
            ])
            try await round.record(entry)
            return CorrectionComment(id: comment, author: principal.name, text: text, createdAt: time)
        }
    }

    /// What was said about a correction, the oldest first.
    ///
    /// - Throws: `RegistryError` (notFound; invalid: limit, cursor).
    package func comments(onCorrection id: Int64, page: PageRequest) async throws -> Page<CorrectionComment> {
        let limit = try page.checkedLimit()
        let after = try page.cursor(of: "comments", count: 1)?.number(0) ?? 0
        guard try await correction(id) != nil else { throw RegistryError(.notFound, "there is no correction \(id)") }
        let rows = try await client.read(
            """
            SELECT m.id, a.name, m.text, \(Columns.time("m.created_at"))
            FROM correction_comment m
            JOIN account a ON a.id = m.account_id
            WHERE m.correction_id = \(id) AND m.id > \(after)
            ORDER BY m.id
            LIMIT \(limit + 1)
            """
        )
        let comments = try rows.decode(Int64.self, String.self, String.self, String.self)
            .map { CorrectionComment(id: $0, author: $1, text: $2, createdAt: $3) }
        return Page(read: comments, limit: limit, list: "comments") { [String($0.id)] }
    }
}
