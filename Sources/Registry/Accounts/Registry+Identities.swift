internal import Crypto
internal import Formats
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

    /// Puts an identity together.
    package init(issuer: String, subject: String, role: Role?, issuedAt: Int64) {
        self.issuer = issuer
        self.subject = subject
        self.role = role
        self.issuedAt = issuedAt
    }

    /// The name of its account: what can be used of the subject, and a hash that keeps it apart from all others.
    package var accountName: String {
        let words = subject.lowercased().utf8.prefix(40).map { byte in
            (48...57).contains(byte) || (97...122).contains(byte) || ".-_".utf8.contains(byte)
                ? byte : UInt8(ascii: "-")
        }
        let readable = String(decoding: words, as: UTF8.self).drop { $0 == "." || $0 == "-" || $0 == "_" }
        let digest = Array(SHA256.hash(data: Array("\(issuer)\n\(subject)".utf8))).hexadecimal.prefix(16)
        return readable.isEmpty ? String(digest) : "\(readable)-\(digest)"
    }
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

    private static func query(for identity: AssertedIdentity) -> SQL {
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
        let (name, toldAt) = (identity.accountName, identity.role == nil ? 0 : identity.issuedAt)
        // Whoever comes second waits here for the first, and then finds the account.
        let rows = try await query(
            """
            INSERT INTO account AS a (name, role) VALUES (\(name), \(role.rawValue))
            ON CONFLICT (name) DO NOTHING
            RETURNING \(Registry.accountColumns), \(identity.issuer)::text
            """
        )
        guard let account = try rows.first.map(Registry.account) else { return }
        try await execute(
            """
            INSERT INTO account_identity (issuer, subject, account_id, role_told_at)
            VALUES (\(identity.issuer), \(identity.subject), \(account.id), \(toldAt))
            """
        )
        try await appendLogEntry("account.created", by: account.name) { account.describe(to: &$0) }
    }

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
