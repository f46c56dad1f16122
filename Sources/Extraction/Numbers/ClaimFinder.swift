import Claims

/// Finds the reported numbers of an abstract.
enum ClaimFinder {
    /// Finds the claims, given the names.
    static func find(abstract: Document, names: NamedThings) -> [ExtractedClaim] {
        []
    }
}
