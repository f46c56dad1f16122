/// What the sentences read so far have named: what a statement that names no benchmark itself may be about.
struct SOTASetting {
    /// The benchmarks of the last sentences that name any, in order.
    private var named: [[String]] = []
    /// The benchmarks of the sentence before, however it names them.
    private var last: [String] = []
    /// The benchmarks that the sentence before says the work was tested on, and no more.
    private var stage: [String] = []

    /// How many sentences that name benchmarks are looked back on.
    private static let memory = 4

    /// Takes in a sentence that has been read.
    mutating func add(_ scope: SOTAScope) {
        last = scope.named
        stage = scope.stage
        guard !last.isEmpty else { return }
        if named.count == Self.memory { named.removeFirst() }
        named.append(last)
    }

    /// The benchmarks that a statement without any goes on about, and the rule that says so.
    func carried(to index: Int, in scope: SOTAScope) -> (benchmarks: [String], rule: String)? {
        if let set = scope.pointedSet(of: index) {
            if set == .latter { return last.last.map { ([$0], "sota.latter") } }
            let fitting = named.last { set.fits($0.count) }
            return fitting.map { ($0, "sota.set") }
        }
        if !last.isEmpty, scope.speaksOfSentenceBefore(index) { return (last, "sota.this") }
        guard !stage.isEmpty, scope.named.isEmpty, !scope.opensAnew, !scope.isPlaced(index) else { return nil }
        return (stage, "sota.setting")
    }
}

/// A set of benchmarks that is pointed at and not named.
enum PointedSet: Equatable {
    /// "both datasets", "the three corpora".
    case count(Int)
    /// "all datasets".
    case all
    /// "the latter".
    case latter

    /// Whether a sentence that names so many benchmarks may be meant.
    func fits(_ names: Int) -> Bool {
        switch self {
        case .count(let count): names == count
        case .all: names > 1
        case .latter: names > 0
        }
    }
}
