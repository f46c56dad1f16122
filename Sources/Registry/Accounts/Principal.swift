/// Who asks for something: an account, and what the credential at hand lets it do.
package struct Principal: Sendable, Hashable {
    /// The account's id.
    package var accountID: Int64
    /// The account's name, under which writes are recorded.
    package var name: String
    /// The account's role.
    package var role: Role
    /// What the credential allows, never more than the role does.
    package var scopes: Set<Scope>

    /// Makes a principal from what an account and its credential say.
    package init(accountID: Int64, name: String, role: Role, scopes: Set<Scope>) {
        self.accountID = accountID
        self.name = name
        self.role = role
        self.scopes = scopes.intersection(role.scopes)
    }
}

extension Principal {
    /// Whoever works on the database through the command line: who can open it needs no other credential.
    package static let `operator` = Principal(accountID: 1, name: "local", role: .admin, scopes: Role.admin.scopes)
}
