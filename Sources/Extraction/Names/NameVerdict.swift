/// What the places of a thing say outright: "X, a benchmark of", "the X dataset", "datasets such as X", "a method called
/// X", the title "X: A Benchmark for …".
struct NameVerdict {
    /// How it is said.
    struct Means: OptionSet {
        let rawValue: UInt16

        static let title = Means(rawValue: 1 << 0)
        static let apposition = Means(rawValue: 1 << 1)
        static let nounBehind = Means(rawValue: 1 << 2)
        static let nounBefore = Means(rawValue: 1 << 3)
        static let fullName = Means(rawValue: 1 << 4)
        static let heading = Means(rawValue: 1 << 5)

        /// The means by the names that features have for them.
        static let named: [(Means, StaticString)] = [
            (.title, "title"), (.apposition, "apposition"), (.nounBehind, "behind"), (.nounBefore, "before"),
            (.fullName, "fullName"), (.heading, "heading"),
        ]
    }

    /// The means by which it is called a benchmark.
    private(set) var benchmark: Means = []
    /// The means by which it is called a task, a game, a challenge.
    private(set) var task: Means = []
    /// The means by which it is called a system.
    private(set) var system: Means = []
    /// Whether the paper presents it.
    var isPresented = false
    /// Whether something is measured on it: "results on X", "92% on the X".
    var isMeasuredOn = false
    /// Whether it is called a benchmark where it is one thing of its kind: "on the X dataset", not "a large X dataset".
    var isDefinite = false
    /// Whether it is called the paper's own: "our new X", "the proposed X dataset".
    var isOwn = false
    /// Whether a size is stated of it or a number counts its items.
    var isSized = false
    /// Whether it is listed with benchmarks that are known or called so.
    var isListed = false
    /// What its last place looks like.
    var kind = NameKind.small
    /// Whether it is known as the name of something else.
    var isKnownOther = false

    /// Notes what a noun that stands for the thing says.
    mutating func note(_ noun: Token, _ means: Means) {
        if noun.has(.benchmarkNoun) {
            benchmark.insert(means)
        } else if noun.has(.systemNoun) {
            system.insert(means)
        } else if noun.has(.taskNoun) {
            task.insert(means)
        }
    }

    /// The verdict in features.
    var name: StaticString {
        switch (benchmark.isEmpty, system.isEmpty) {
        case (false, false): "<both>"
        case (false, true): "<benchmark>"
        case (true, false): "<system>"
        case (true, true): "<none>"
        }
    }

    /// Whether a place says so much that it is a benchmark that what other places are like matters little.
    ///
    /// On the papers that the model is trained on, and without a list of known names, 19 of 20 of these are benchmarks.
    var isCertain: Bool {
        guard !isKnownOther, system.isEmpty else { return false }
        return isMeasuredOn || isDefinite || benchmark.contains(.heading) || benchmark.contains(.apposition)
    }

    /// Whether the paper presents it and defines it as a benchmark, and as nothing else.
    ///
    /// "We introduce X, a dataset of", "X: A Benchmark for".
    /// On the papers that the model is trained on, nine in ten of these are benchmarks, all of them introduced.
    var definesBenchmark: Bool {
        let definitions: Means = [.title, .apposition]
        return isPresented && !benchmark.isDisjoint(with: definitions) && system.isDisjoint(with: definitions)
    }
}
