/// The names that a paper's text uses: what the number and statement stages attach their records to.
struct NamedThings {
    /// A benchmark that the paper names, once however often it is named.
    struct Benchmark {
        /// As printed; the acronym where both forms are printed.
        var name: String
        /// The long form, where both are printed.
        var fullName: String?
    }

    /// A system (model, method, framework) that the paper names, once however often it is named.
    struct System {
        /// As printed.
        var name: String
        /// Whether it is what this paper proposes.
        var isOwn: Bool
    }

    /// One place in the abstract where a thing is named.
    struct Place {
        /// The tokens of the name.
        var tokens: Range<Int>
        /// The index of the thing in ``NamedThings/benchmarks`` or ``NamedThings/systems``.
        var thing: Int
    }

    /// In the order in which they are first named, title first.
    var benchmarks: [Benchmark] = []
    /// Where the abstract names benchmarks, in order, without overlaps.
    var benchmarkPlaces: [Place] = []
    var systems: [System] = []
    /// Where the abstract names systems, in order, without overlaps with each other or with benchmarks.
    var systemPlaces: [Place] = []

    /// Forgets everything but keeps the memory.
    mutating func removeAll() {
        benchmarks.removeAll(keepingCapacity: true)
        benchmarkPlaces.removeAll(keepingCapacity: true)
        systems.removeAll(keepingCapacity: true)
        systemPlaces.removeAll(keepingCapacity: true)
    }
}
