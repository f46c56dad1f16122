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
        let start = index(of: tokens.lowerBound, in: places)
        return places[start..<max(start, index(of: tokens.upperBound, in: places))]
    }

    /// How many places start before a token.
    private static func index(of token: Int, in places: [Place]) -> Int {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if places[middle].tokens.lowerBound < token { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
