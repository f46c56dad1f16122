import Postgres

extension RegistryError {
    /// Tells whether a failure means that the database cannot serve at the moment; `nil` for any other.
    ///
    /// The message says no more than that: what the database said is for the operator.
    package init?(unavailability error: any Error) {
        guard let error = error as? PostgresError else { return nil }
        switch error.code {
        case .connectionLost, .connectFailed, .closed: self.init(.unavailable, "the database cannot be reached")
        case .timeout: self.init(.unavailable, "the database took too long")
        case .overloaded: self.init(.unavailable, "too many requests are waiting for the database")
        case .server:
            // Class 53 is a lack of resources, 57P an operator's intervention: a shutdown, a start that is not over.
            guard let state = error.sqlState, state.hasPrefix("53") || state.hasPrefix("57P") else { return nil }
            self.init(.unavailable, "the database is not in a state to serve")
        default: return nil
        }
    }
}
