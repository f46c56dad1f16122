/// Why the registry could not do what it was asked.
///
/// The message is safe to show to anyone: it holds what the caller sent and what the registry publishes, nothing else.
/// The cause is for the operator alone.
package struct RegistryError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kinds of failure, each of which has one HTTP status and one exit status.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// There is no such record.
        case notFound = "not_found"
        /// A parameter has a value that cannot be.
        case invalid
        /// The request contradicts what is stored.
        case conflict
        /// Whoever asks is known, and is not the one who may do this.
        case forbidden
        /// More was asked or sent than the registry takes at once.
        case tooLarge = "too_large"
        /// The database is not there, or not in a state to serve; trying later may help.
        case unavailable
    }

    package let code: Code
    /// One sentence for people.
    package let message: String
    /// The parameter or member that is at fault, in snake_case, where it is one.
    package let field: String?
    /// What lies behind it, such as the database's own words: for logs and the operator's terminal.
    package let cause: String?

    /// Makes an error.
    package init(_ code: Code, _ message: String, field: String? = nil, cause: String? = nil) {
        self.code = code
        self.message = message
        self.field = field
        self.cause = cause
    }

    package var description: String { message }
}
