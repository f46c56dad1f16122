internal import Logging
internal import Postgres

/// Who holds a valid token, and which.
package struct TokenHolder: Sendable, Hashable {
    /// Who it is.
    package var principal: Principal
    /// The token.
    package var token: AccessToken
    /// Whether the time of its last use, as stored, is more than a minute old.
    package var isUseOutdated: Bool
}

extension Registry {
    /// Finds out who holds a secret.
    ///
    /// Looked up each time, so that a revocation counts at once, whichever instance it came to.
    ///
    /// - Returns: `nil` where there is no such token, or it is expired or revoked, or its account is disabled; all in one
    ///   way, so that nobody can tell these apart.
    /// - Throws: `RegistryError` (unavailable).
    package func holder(of secret: TokenSecret) async throws -> TokenHolder? {
        let hash = secret.hash
        let rows = try await client.readPresent(
            """
            SELECT
                t.hash, a.role, t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute',
                \(Self.tokenColumns), a.name
            FROM token t
            JOIN account a ON a.id = t.account_id
            WHERE t.hash = \(hash) AND t.revoked_at IS NULL AND a.disabled_at IS NULL
                AND (t.expires_at IS NULL OR t.expires_at > now())
            """
        )
        guard let row = rows.first else { return nil }
        var columns = ColumnReader(row)
        let stored = try columns.next([UInt8].self)
        let role = try columns.word(Role.self)
        let isUseOutdated = try columns.next(Bool.self)
        let token = try Self.token(&columns)
        // The index found it by its hash, of which nobody can choose a part; compared all the same without an early end.
        guard stored.count == hash.count, zip(stored, hash).reduce(0, { $0 | $1.0 ^ $1.1 }) == 0 else { return nil }
        let principal = Principal(
            accountID: token.accountID,
            name: token.accountName,
            role: role,
            scopes: Set(token.scopes)
        )
        return TokenHolder(principal: principal, token: token, isUseOutdated: isUseOutdated)
    }

    /// Notes that a token was used just now, to about a minute.
    ///
    /// - Throws: `RegistryError` (unavailable).
    package func noteUse(ofToken id: Int64) async throws {
        _ = try await client.write { transaction in
            try await transaction.execute(
                """
                UPDATE token SET last_used_at = now()
                WHERE id = \(id) AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
                """
            )
        }
    }
}
