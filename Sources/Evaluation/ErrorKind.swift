/// What went wrong with a number.
package enum ErrorKind: String, Sendable, CaseIterable {
    case notFound = "a result was not found"
    case noResult = "a number was taken that is no result"
    case otherUnit = "the unit differs"
    case otherKind = "score and change were mixed up"
    case otherRange = "a range was split, or two numbers were joined"
    case noBenchmark = "the benchmark was not found"
    case extraBenchmark = "a benchmark was taken that it is not for"
    case otherBenchmark = "it was given to another benchmark"
}

extension PaperComparison {
    /// The errors in the paper's numbers, one for each number that is not right.
    var errorKinds: [ErrorKind] {
        let pairs = numberPairs
        var missing = wantedNumbers
        var extra = foundNumbers
        var kinds: [ErrorKind] = []
        for (wanted, found) in pairs {
            if let index = missing.firstIndex(where: { $0 == wanted }) { missing.remove(at: index) }
            if let index = extra.firstIndex(where: { $0 == found }) { extra.remove(at: index) }
            if wanted.names == found.names { continue }
            let isSubset = found.names.isSubset(of: wanted.names)
            kinds.append(
                isSubset ? .noBenchmark : found.names.isSuperset(of: wanted.names) ? .extraBenchmark : .otherBenchmark
            )
        }
        for wanted in missing {
            guard let index = extra.firstIndex(where: { $0.number.value == wanted.number.value }) else {
                kinds.append(.notFound)
                continue
            }
            let found = extra.remove(at: index).number
            kinds.append(
                found.valueHigh != wanted.number.valueHigh
                    ? .otherRange : found.unit != wanted.number.unit ? .otherUnit : .otherKind
            )
        }
        return kinds + extra.map { _ in .noResult }
    }
}
