internal import Postgres

extension Registry {
    /// Makes a token for an account.
    ///
    /// - Parameters:
    ///   - request: what it is to be.
    ///   - id: the account.
    ///   - principal: who makes it.
    ///   - secret: its secret, of which only the hash is kept.
    /// - Returns: the token without its secret.
    /// - Throws: `RegistryError` (notFound: no such account; invalid: name, expires_in_days, scopes that the account's
    ///   role does not allow; conflict where the account is disabled; unavailable).
    package func createToken(
        _ request: TokenRequest,
        for id: Int64,
        by principal: Principal,
        secret: TokenSecret
    ) async throws -> AccessToken {
        try request.check()
        return try await client.write { transaction in
            let rows = try await transaction.query("SELECT name, role, disabled_at IS NULL FROM account WHERE id = \(id)")
            guard let (name, word, isActive) = try rows.first?.decode(String.self, String.self, Bool.self),
                let role = Role(rawValue: word)
            else { throw RegistryError(.notFound, "there is no account with this id") }
            guard isActive else { throw RegistryError(.conflict, "the account \(name) is disabled") }
            let excess = request.scopes.subtracting(role.scopes).map(\.rawValue).sorted()
            guard excess.isEmpty else {
                throw RegistryError(
                    .invalid,
                    "a \(role.rawValue) cannot have the scope \(excess.joined(separator: ", "))",
                    field: "scopes"
                )
            }
            let scopes = Scope.allCases.filter(request.scopes.contains)
            let made = try await transaction.query(
                """
                INSERT INTO token AS t (account_id, name, hash, scopes, created_by, expires_at)
                VALUES (
                    \(id), \(request.name), \(secret.hash), \(scopes.map(\.rawValue))::text[], \(principal.name),
                    now() + make_interval(days => \(request.days)::integer))
                RETURNING \(Self.tokenColumns), \(name)::text
                """
            )
            guard let token = try made.first.map(Self.token) else {
                throw RegistryError(.unavailable, "the database did not keep the token")
            }
            try await transaction.appendLogEntry("token.created", by: principal.name) { token.describe(to: &$0) }
            return token
        }
    }

    /// Lists tokens, in the order in which they were made, also those that are not taken any more.
    ///
    /// - Parameters:
    ///   - id: only those of this account; `nil` for all.
    ///   - page: which part.
    /// - Throws: `RegistryError` (invalid: limit, cursor; unavailable).
    package func tokens(of id: Int64?, _ page: PageRequest) async throws -> Page<AccessToken> {
        let limit = try page.checkedLimit()
        let start = try page.cursor(of: "tokens", count: 1)?.number(0) ?? 0
        let rows = try await client.readPresent(
            """
            SELECT \(Self.tokenColumns), a.name
            FROM token t
            JOIN account a ON a.id = t.account_id
            WHERE t.id > \(start) AND (\(id)::bigint IS NULL OR t.account_id = \(id))
            ORDER BY t.id
            LIMIT \(limit + 1)
            """
        )
        return Page(read: try rows.map(Self.token), limit: limit, list: "tokens") { [String($0.id)] }
    }

    /// Revokes a token: no instance takes it from then on.
    ///
    /// Revoking it again changes nothing.
    ///
    /// - Parameters:
    ///   - tokenID: the token.
    ///   - id: the account whose token it is; `nil` where that does not matter.
    ///   - principal: who revokes it.
    /// - Returns: the token.
    /// - Throws: `RegistryError` (notFound, unavailable).
    @discardableResult
    package func revokeToken(_ tokenID: Int64, of id: Int64? = nil, by principal: Principal) async throws -> AccessToken {
        try await client.write { transaction in
            let found = try await transaction.query(
                """
                SELECT \(Self.tokenColumns), a.name
                FROM token t
                JOIN account a ON a.id = t.account_id
                WHERE t.id = \(tokenID) AND (\(id)::bigint IS NULL OR t.account_id = \(id))
                FOR UPDATE OF t
                """
            )
            guard var token = try found.first.map(Self.token) else {
                throw RegistryError(.notFound, "there is no such token")
            }
            guard token.revokedAt == nil else { return token }
            let rows = try await transaction.query(
                """
                UPDATE token t SET revoked_at = now() WHERE t.id = \(tokenID)
                RETURNING \(Self.tokenColumns), \(token.accountName)::text
                """
            )
            token = try rows.first.map(Self.token) ?? token
            try await transaction.appendLogEntry("token.revoked", by: principal.name) { token.describe(to: &$0) }
            return token
        }
    }

    /// All but the account's name, for ``token(_:)``.
    static var tokenColumns: SQL {
        """
        t.id, t.account_id, t.name, t.scopes, t.created_by, \(Columns.time("t.created_at")),
        \(Columns.time("t.expires_at")), \(Columns.time("t.last_used_at")), \(Columns.time("t.revoked_at"))
        """
    }

    /// Reads ``tokenColumns`` and the account's name.
    static func token(_ row: Row) throws -> AccessToken {
        var columns = ColumnReader(row)
        return try token(&columns)
    }

    /// Reads ``tokenColumns`` and the account's name.
    static func token(_ columns: inout ColumnReader) throws -> AccessToken {
        let (id, accountID) = (try columns.next(Int64.self), try columns.next(Int64.self))
        let name = try columns.next(String.self)
        let words = Set(try columns.next([String].self))
        let createdBy = try columns.next(String.self)
        let times = try (0..<4).map { _ in try columns.next(String?.self) }
        return AccessToken(
            id: id,
            accountID: accountID,
            accountName: try columns.next(),
            name: name,
            scopes: Scope.allCases.filter { words.contains($0.rawValue) },
            createdBy: createdBy,
            createdAt: times[0] ?? "",
            expiresAt: times[1],
            lastUsedAt: times[2],
            revokedAt: times[3]
        )
    }
}

extension TokenRequest {
    /// - Throws: `RegistryError` (invalid) with the field that is wrong.
    fileprivate func check() throws(RegistryError) {
        guard Self.nameLength.contains(name.unicodeScalars.count), !name.utf8.contains(0) else {
            throw RegistryError(.invalid, "the name of a token has 1 to 100 characters", field: "name")
        }
        guard !scopes.isEmpty else {
            throw RegistryError(.invalid, "a token has at least one scope", field: "scopes")
        }
        if let days, !Self.dayRange.contains(days) {
            throw RegistryError(.invalid, "a token is taken for 1 to 3650 days", field: "expires_in_days")
        }
    }
}
