/// What a token lets its holder do.
package enum Scope: String, Sendable, Hashable, CaseIterable {
    /// Add papers.
    case papersWrite = "papers:write"
    /// Propose corrections, and withdraw one's own.
    case correctionsWrite = "corrections:write"
    /// Decide on the corrections of others.
    case correctionsReview = "corrections:review"
    /// Manage accounts and tokens.
    case admin
}
