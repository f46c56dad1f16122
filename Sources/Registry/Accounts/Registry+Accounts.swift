internal import Postgres

extension Registry {
    /// Makes an account.
    ///
    /// - Parameters:
    ///   - name: its name.
    ///   - role: its role.
    ///   - principal: who makes it.
    /// - Returns: the account.
    /// - Throws: `RegistryError` (invalid: name; conflict where the name is taken; unavailable).
    package func createAccount(_ name: String, role: Role, by principal: Principal) async throws -> Account {
        guard Account.isName(name) else {
            throw RegistryError(
                .invalid,
                "the name of an account has 1 to 64 of a-z, 0-9, '.', '_', '-', and begins with a letter or digit",
                field: "name"
            )
        }
        return try await client.write { transaction in
            let rows = try await transaction.query(
                """
                INSERT INTO account AS a (name, role) VALUES (\(name), \(role.rawValue))
                ON CONFLICT (name) DO NOTHING
                RETURNING \(Self.accountColumns), NULL
                """
            )
            guard let account = try rows.first.map(Self.account) else {
                throw RegistryError(.conflict, "there is an account of this name already")
            }
            try await transaction.appendLogEntry("account.created", by: principal.name) { account.describe(to: &$0) }
            return account
        }
    }

    /// Lists the accounts, in the order in which they were made.
    ///
    /// - Throws: `RegistryError` (invalid: limit, cursor; unavailable).
    package func accounts(_ page: PageRequest) async throws -> Page<Account> {
        let limit = try page.checkedLimit()
        let start = try page.cursor(of: "accounts", count: 1)?.number(0) ?? 0
        let rows = try await client.readPresent(
            """
            SELECT \(Self.accountColumns), i.issuer
            FROM account a
            LEFT JOIN account_identity i ON i.account_id = a.id
            WHERE a.id > \(start)
            ORDER BY a.id
            LIMIT \(limit + 1)
            """
        )
        return Page(read: try rows.map(Self.account), limit: limit, list: "accounts") { [String($0.id)] }
    }

    /// An account by its id.
    ///
    /// - Returns: `nil` where there is none.
    /// - Throws: `RegistryError` (unavailable).
    package func account(_ id: Int64) async throws -> Account? {
        try await client.readPresent(Self.accountQuery("a.id = \(id)")).first.map(Self.account)
    }

    /// An account by its name.
    ///
    /// - Returns: `nil` where there is none.
    /// - Throws: `RegistryError` (unavailable).
    package func account(named name: String) async throws -> Account? {
        try await client.readPresent(Self.accountQuery("a.name = \(name)")).first.map(Self.account)
    }

    /// Changes an account's role, disables it or takes it up again.
    ///
    /// A change that changes nothing leaves no trace.
    ///
    /// - Parameters:
    ///   - id: the account.
    ///   - change: what is to be changed.
    ///   - principal: who changes it; nobody can change their own account.
    ///   - check: looks at the account under the lock under which it is changed; what it throws ends the matter.
    /// - Returns: the account as it is then.
    /// - Throws: `RegistryError` (notFound; conflict for one's own account, the operator's, and for the role of one whose
    ///   role comes from an issuer; unavailable), and what `check` throws.
    package func changeAccount(
        _ id: Int64,
        _ change: AccountChange,
        by principal: Principal,
        after check: (Account) throws -> Void = { _ in }
    ) async throws -> Account {
        try await client.write { transaction in
            // Locked first and read after: a joined row could be of a time before the lock.
            try await transaction.execute("SELECT id FROM account WHERE id = \(id) FOR UPDATE")
            let found = try await transaction.query(Self.accountQuery("a.id = \(id)")).first.map(Self.account)
            guard var account = found else { throw RegistryError(.notFound, "there is no account with this id") }
            try check(account)
            let isDisabled = change.isDisabled ?? (account.disabledAt != nil)
            let role = change.role ?? account.role
            guard role != account.role || isDisabled != (account.disabledAt != nil) else { return account }
            guard id != Principal.operator.accountID else {
                throw RegistryError(.conflict, "the account \(account.name) is the operator's and stays as it is")
            }
            guard id != principal.accountID else {
                throw RegistryError(.conflict, "nobody can change their own account")
            }
            let rows = try await transaction.query(
                """
                UPDATE account a SET
                    role = \(role.rawValue),
                    disabled_at = CASE WHEN \(isDisabled)::boolean THEN coalesce(a.disabled_at, now()) END,
                    revision = a.revision + 1
                WHERE a.id = \(id)
                RETURNING \(Self.accountColumns), \(account.issuer)::text
                """
            )
            account = try rows.first.map(Self.account) ?? account
            try await transaction.appendLogEntry("account.changed", by: principal.name) { account.describe(to: &$0) }
            return account
        }
    }

    static func accountQuery(_ condition: SQL) -> SQL {
        """
        SELECT \(accountColumns), i.issuer
        FROM account a
        LEFT JOIN account_identity i ON i.account_id = a.id
        WHERE \(condition)
        """
    }

    /// All but the issuer, for ``account(_:)-(Row)``.
    static var accountColumns: SQL {
        "a.id, a.name, a.role, a.revision, \(Columns.time("a.created_at")), \(Columns.time("a.disabled_at"))"
    }

    /// Reads ``accountColumns`` and the issuer.
    static func account(_ row: Row) throws -> Account {
        var columns = ColumnReader(row)
        return Account(
            id: try columns.next(),
            name: try columns.next(),
            role: try columns.word(),
            revision: try columns.next(),
            createdAt: try columns.next(),
            disabledAt: try columns.next(),
            issuer: try columns.next()
        )
    }
}
