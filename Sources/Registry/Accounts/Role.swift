/// What an account is there for, and thereby the most that its credentials can allow.
package enum Role: String, Sendable, Hashable, CaseIterable {
    /// Adds papers and proposes corrections.
    case contributor
    /// Decides on corrections of others, too.
    case reviewer
    /// Manages accounts and tokens, too.
    case admin

    /// What a token of such an account can be allowed at most.
    package var scopes: Set<Scope> {
        switch self {
        case .contributor: [.papersWrite, .correctionsWrite]
        case .reviewer: [.papersWrite, .correctionsWrite, .correctionsReview]
        case .admin: Set(Scope.allCases)
        }
    }
}
