/// The memory that the search for names works in.
struct NameScratch {
    /// The places of the title that may be names.
    var titleSpans: [NameSpan] = []
    /// The places of the abstract that may be names.
    var spans: [NameSpan] = []
    /// What the places name.
    var things: [Thing] = []
    var features = NameFeatureSet()

    /// A thing that may be named at several places.
    struct Thing {
        /// The name without regard to case and punctuation.
        var key: UInt64
        /// Some places, title first: indices of spans, those of the title below 0 (`-1 - index`).
        var places: [Int] = []
        var placeCount = 0
        /// How likely each ``NameLabel`` is.
        var probabilities = NameModel.Weights.zero
    }

    /// Forgets everything but keeps the memory.
    mutating func removeAll() {
        titleSpans.removeAll(keepingCapacity: true)
        spans.removeAll(keepingCapacity: true)
        things.removeAll(keepingCapacity: true)
        features.removeAll()
    }
}
