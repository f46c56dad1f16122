/// How many places of a thing say outright that it is a benchmark, or a system: "X, a benchmark of", "the X dataset",
/// "X is a method", "our X framework".
struct NameVerdict {
    var benchmark = 0
    var system = 0

    /// Notes what a noun that stands for the thing says.
    mutating func note(_ noun: Token) {
        if noun.has(.benchmarkNoun) { benchmark += 1 } else if noun.has(.systemNoun) { system += 1 }
    }

    /// The verdict in features: `benchmark`, `both`, …
    var name: StaticString {
        switch (benchmark > 0, system > 0) {
        case (true, true): benchmark > system ? "<benchmark, system>" : "<system, benchmark>"
        case (true, false): benchmark > 1 ? "<benchmarks>" : "<benchmark>"
        case (false, true): system > 1 ? "<systems>" : "<system>"
        case (false, false): "<none>"
        }
    }
}
