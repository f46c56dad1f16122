import Claims

/// Finds the statements that a system is the best, or as good as the best.
enum SOTAFinder {
    /// Finds the statements, given the names.
    static func find(abstract: Document, names: NamedThings) -> [SOTAClaim] {
        []
    }
}
