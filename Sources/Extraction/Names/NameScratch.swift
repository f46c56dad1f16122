/// The memory that the search for names works in.
struct NameScratch {
    /// The places of the title that may be names.
    var titleSpans: [NameSpan] = []
    /// The places of the abstract that may be names.
    var spans: [NameSpan] = []
    /// What the places name.
    var things: [Thing] = []
    var features = NameFeatureSet()
    /// The words of the abstract.
    var words = NameWords()

    /// A thing that may be named at several places.
    struct Thing {
        /// The name without regard to case and punctuation.
        var key: UInt64
        /// The first places, title first: indices of spans, those of the title below 0 (`-1 - index`).
        private var firstPlaces = InlineArray<5, Int32>(repeating: 0)
        /// How many places there are in all.
        private(set) var placeCount = 0
        /// How likely each ``NameLabel`` is.
        var probabilities = NameModel.Weights.zero
        /// The features that made it a benchmark, strongest first.
        var reasons: [String] = []

        init(key: UInt64) {
            self.key = key
        }

        /// How many places are kept.
        var keptCount: Int { min(placeCount, firstPlaces.count) }

        /// A kept place.
        func place(_ index: Int) -> Int { Int(firstPlaces[index]) }

        /// The place that shows how the thing is printed: the first of the abstract, else of the title.
        var shownPlace: Int {
            for index in 0..<keptCount where firstPlaces[index] >= 0 { return Int(firstPlaces[index]) }
            return Int(firstPlaces[0])
        }

        /// Adds a place.
        mutating func add(_ place: Int) {
            if placeCount < firstPlaces.count { firstPlaces[placeCount] = Int32(truncatingIfNeeded: place) }
            placeCount += 1
        }
    }

    /// Forgets everything but keeps the memory.
    mutating func removeAll() {
        titleSpans.removeAll(keepingCapacity: true)
        spans.removeAll(keepingCapacity: true)
        things.removeAll(keepingCapacity: true)
        features.removeAll()
    }
}
