internal import Postgres

/// Whom an OpenID issuer says that a request comes from.
package struct AssertedIdentity: Sendable, Hashable {
    /// The issuer's identifier, an address.
    package var issuer: String
    /// Who it is, to the issuer.
    package var subject: String
    /// The role that the assertion tells; `nil` where roles are given out here.
    package var role: Role?
    /// When the assertion was issued, in seconds since 1970.
    package var issuedAt: Int64
    /// What the issuer would have the person called (`preferred_username`); `nil` where it does not say.
    package var preferredName: String?

    /// Puts an identity together.
    package init(issuer: String, subject: String, role: Role?, issuedAt: Int64, preferredName: String? = nil) {
        self.issuer = issuer
        self.subject = subject
        self.role = role
        self.issuedAt = issuedAt
        self.preferredName = preferredName
    }

    /// The name that its account would have; `nil` for one made of the account's id.
    ///
    /// Names are published with all that an account writes. So it is never the subject, which may be an e-mail address, and a
    /// preferred name only as it stands: one with an `@`, or anything else that names cannot have, is not made to fit. Nor is
    /// it one that means somebody in charge: people choose these names themselves.
    package var accountName: String? {
        guard let name = preferredName?.lowercased(), Account.isName(name), !name.hasPrefix(Self.numbered),
            !Account.isReserved(name)
        else { return nil }
        return name
    }

    /// What names start with that are made of the account's id.
    static let numbered = "user-"
}

extension Registry {
    /// The account of an asserted identity, which is made at its first sight.
    ///
    /// The role of an account follows from the newest assertion that told one.
    ///
    /// - Parameters:
    ///   - identity: whom the issuer vouches for; the caller has checked that.
    ///   - newRole: the role of a new account where the assertion tells none.
    /// - Returns: `nil` where the account is disabled.
    /// - Throws: `RegistryError` (unavailable).
    package func principal(for identity: AssertedIdentity, newRole: Role) async throws -> Principal? {
        let known = try await client.readPresent(Self.query(for: identity)).first.map(KnownIdentity.init)
        if let known, !known.isOutdated(by: identity) { return known.principal }
        return try await client.write { transaction in
            try await transaction.make(identity, role: identity.role ?? newRole)
            try await transaction.follow(identity)
            return try await transaction.query(Self.query(for: identity)).first.map(KnownIdentity.init)?.principal
        }
    }

    fileprivate static func query(for identity: AssertedIdentity) -> SQL {
        """
        SELECT a.id, a.name, a.role, a.disabled_at IS NOT NULL, i.role_told_at
        FROM account_identity i
        JOIN account a ON a.id = i.account_id
        WHERE i.issuer = \(identity.issuer) AND i.subject = \(identity.subject)
        """
    }
}

/// What is stored of an identity.
private struct KnownIdentity {
    var id: Int64
    var name: String
    var role: Role
    var isDisabled: Bool
    var roleToldAt: Int64

    init(_ row: Row) throws {
        var columns = ColumnReader(row)
        id = try columns.next()
        name = try columns.next()
        role = try columns.word()
        isDisabled = try columns.next()
        roleToldAt = try columns.next()
    }

    var principal: Principal? {
        isDisabled ? nil : Principal(accountID: id, name: name, role: role, scopes: role.scopes)
    }

    func isOutdated(by identity: AssertedIdentity) -> Bool {
        // Also where the role is the same: an older assertion that told another one must not come after.
        identity.role != nil && identity.issuedAt > roleToldAt
    }
}

extension Transaction {
    /// Makes the account of an identity where there is none.
    fileprivate func make(_ identity: AssertedIdentity, role: Role) async throws {
        // Whoever comes second waits here for the first, and then finds the account.
        try await execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(\(identity.issuer) || E'\\n' || \(identity.subject), 1))"
        )
        guard try await query(Registry.query(for: identity)).isEmpty else { return }
        let account = try await makeAccount(named: identity.accountName, role: role, issuer: identity.issuer)
        try await execute(
            """
            INSERT INTO account_identity (issuer, subject, account_id, role_told_at)
            VALUES (
                \(identity.issuer), \(identity.subject), \(account.id), \(identity.role == nil ? 0 : identity.issuedAt))
            """
        )
        try await appendLogEntry("account.created", by: account.name) { account.describe(to: &$0) }
    }

    /// Makes an account of a name that is free and like no other's, else of one that is made of its id.
    private func makeAccount(named wanted: String?, role: Role, issuer: String) async throws -> Account {
        var name = wanted
        if let wanted {
            // Two that come at the same moment may be like each other; the same they cannot be.
            let likeness = Account.likeness(of: wanted)
            let likes: SQL = """
                SELECT FROM account a WHERE \(Account.likeness(ofColumn: "a.name")) = \(likeness) LIMIT 1
                """
            if try await !query(likes).isEmpty { name = nil }
        }
        // An operator may have taken the name of one id, hardly those of several in a row.
        for attempt in 1...Self.nameAttempts {
            let rows = try await query(
                """
                WITH next AS (SELECT nextval(pg_get_serial_sequence('account', 'id')) AS id)
                INSERT INTO account AS a (id, name, role)
                OVERRIDING SYSTEM VALUE
                SELECT
                    next.id, coalesce(\(attempt == 1 ? name : nil)::text, \(AssertedIdentity.numbered) || next.id),
                    \(role.rawValue)
                FROM next
                ON CONFLICT (name) DO NOTHING
                RETURNING \(Registry.accountColumns), \(issuer)::text
                """
            )
            if let account = try rows.first.map(Registry.account) { return account }
        }
        throw RegistryError(.conflict, "no name is free for the account")
    }

    private static var nameAttempts: Int { 5 }

    /// Takes over a role that was told later than the present one.
    fileprivate func follow(_ identity: AssertedIdentity) async throws {
        guard let role = identity.role else { return }
        let rows = try await query(
            """
            WITH told AS (
                UPDATE account_identity SET role_told_at = \(identity.issuedAt)
                WHERE issuer = \(identity.issuer) AND subject = \(identity.subject) AND role_told_at < \(identity.issuedAt)
                RETURNING account_id
            )
            UPDATE account a SET role = \(role.rawValue), revision = a.revision + 1
            FROM told
            WHERE a.id = told.account_id AND a.role <> \(role.rawValue)
            RETURNING \(Registry.accountColumns), \(identity.issuer)::text
            """
        )
        guard let account = try rows.first.map(Registry.account) else { return }
        try await appendLogEntry("account.changed", by: account.name) { account.describe(to: &$0) }
    }
}
