/// Counts of right, found and wanted things, with their precision, recall and F1.
package struct Tally: Sendable, Equatable {
    package private(set) var gold = 0
    package private(set) var predicted = 0
    package private(set) var right = 0

    /// The share of what was found that is right; 1 where nothing was found.
    package var precision: Double { predicted == 0 ? 1 : Double(right) / Double(predicted) }
    /// The share of what is wanted that was found; 1 where nothing is wanted.
    package var recall: Double { gold == 0 ? 1 : Double(right) / Double(gold) }
    /// The harmonic mean of both.
    package var f1: Double {
        let sum = precision + recall
        return sum == 0 ? 0 : 2 * precision * recall / sum
    }

    /// Compares two bags of things.
    ///
    /// - Returns: what is wanted and was not found, and what was found and is not wanted, in order.
    mutating func add<Key: Hashable>(wanted: [Key], found: [Key]) -> (missing: [Key], extra: [Key]) {
        let (missing, extra) = (Self.difference(wanted, found), Self.difference(found, wanted))
        gold += wanted.count
        predicted += found.count
        right += wanted.count - missing.count
        return (missing, extra)
    }

    private static func difference<Key: Hashable>(_ left: [Key], _ right: [Key]) -> [Key] {
        var rest = right.reduce(into: [Key: Int]()) { $0[$1, default: 0] += 1 }
        return left.filter { key in
            guard let count = rest[key], count > 0 else { return true }
            rest[key] = count - 1
            return false
        }
    }
}

/// How often a field agrees among what was matched.
package struct Share: Sendable, Equatable {
    package private(set) var right = 0
    package private(set) var total = 0

    /// 0...1; `nil` where nothing was matched.
    package var value: Double? { total == 0 ? nil : Double(right) / Double(total) }

    mutating func add(_ isRight: Bool) {
        total += 1
        right += isRight ? 1 : 0
    }
}
