/// A person or a program that may write.
package struct Account: Sendable, Hashable {
    package var id: Int64
    /// As written in log and revisions: 1 to 64 of `a-z`, `0-9`, `.`, `_`, `-`, the first a letter or digit.
    package var name: String
    package var role: Role
    /// Counts the account's changes from 1.
    package var revision: Int
    /// When it was made, in UTC (RFC 3339, microseconds).
    package var createdAt: String
    /// From when on none of its credentials is taken; `nil` where they are.
    package var disabledAt: String?
    /// The OpenID issuer that vouches for it; `nil` for an account of this service alone.
    package var issuer: String?

    /// What a name of an account looks like.
    package static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        func isAlphanumeric(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (97...122).contains(byte) }
        guard let first = bytes.first, bytes.count <= 64, isAlphanumeric(first) else { return false }
        return bytes.allSatisfy { isAlphanumeric($0) || ".-_".utf8.contains($0) }
    }
}

/// What is to be changed about an account; `nil` leaves as it is.
package struct AccountChange: Sendable, Hashable {
    package var role: Role?
    package var isDisabled: Bool?

    /// Puts a change together.
    package init(role: Role? = nil, isDisabled: Bool? = nil) {
        self.role = role
        self.isDisabled = isDisabled
    }
}

/// All about a token but its secret.
package struct AccessToken: Sendable, Hashable {
    package var id: Int64
    package var accountID: Int64
    /// The account's name.
    package var accountName: String
    /// What its holder calls it.
    package var name: String
    /// In the order of ``Scope/allCases``.
    package var scopes: [Scope]
    /// Whose credential it was made with.
    package var createdBy: String
    /// When it was made, in UTC (RFC 3339, microseconds); as the times below.
    package var createdAt: String
    /// From when on it is not taken; `nil` for never.
    package var expiresAt: String?
    /// When it was last used, to about a minute.
    package var lastUsedAt: String?
    package var revokedAt: String?
}

/// What a new token is to be.
package struct TokenRequest: Sendable, Hashable {
    package var name: String
    package var scopes: Set<Scope>
    /// For how many days it is taken, from now; `nil` for ever.
    package var days: Int?

    /// Puts a request together.
    package init(name: String, scopes: Set<Scope>, days: Int?) {
        self.name = name
        self.scopes = scopes
        self.days = days
    }

    /// How long a name may be, in Unicode scalars.
    package static let nameLength = 1...100
    /// For how many days a token can be made, where they are limited.
    package static let dayRange = 1...3650
}
