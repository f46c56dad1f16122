extension NamedThings {
    /// The places of benchmarks that start within some tokens.
    ///
    /// - Complexity: O(log n) in the places.
    func benchmarkPlaces(in tokens: Range<Int>) -> ArraySlice<Place> { Self.places(of: benchmarkPlaces, in: tokens) }

    /// The places of systems that start within some tokens.
    ///
    /// - Complexity: O(log n) in the places.
    func systemPlaces(in tokens: Range<Int>) -> ArraySlice<Place> { Self.places(of: systemPlaces, in: tokens) }

    private static func places(of places: [Place], in tokens: Range<Int>) -> ArraySlice<Place> {
        let start = places.partitioningIndex { $0.tokens.lowerBound >= tokens.lowerBound }
        let end = places.partitioningIndex { $0.tokens.lowerBound >= tokens.upperBound }
        return places[start..<max(start, end)]
    }
}
