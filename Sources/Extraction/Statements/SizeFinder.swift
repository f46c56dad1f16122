import Claims

/// Finds stated parameter counts.
enum SizeFinder {
    /// Finds the sizes in title and abstract.
    static func find(title: Document, abstract: Document, names: NamedThings) -> [ModelSize] {
        []
    }
}
