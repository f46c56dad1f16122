import Claims

/// A record that can be held against another reader's.
protocol ComparableReading {
    /// What the annotation guide calls the list of these records.
    static var listName: String { get }
    var confidence: Double { get set }

    /// Whether both are about the same thing.
    func isSame(as other: Self) -> Bool

    /// The fields in which another reader's record of the same thing differs.
    func differences(from other: Self) -> [ReadingDifference]
}

extension ExtractedClaim: ComparableReading {
    static let listName = "results"

    func isSame(as other: ExtractedClaim) -> Bool {
        value.isEqual(to: other.value) && evidence.overlaps(other.evidence)
    }

    func differences(from other: ExtractedClaim) -> [ReadingDifference] {
        var differences = FieldComparison()
        differences.compare("value_high", valueHigh?.description, other.valueHigh?.description, isEssential: true)
        differences.compare("unit", unit, other.unit, isEssential: true)
        differences.compare("kind", kind.rawValue, other.kind.rawValue, isEssential: true)
        differences.compare("relative", relative.map { "\($0)" }, other.relative.map { "\($0)" })
        differences.compare("bound", bound.rawValue, other.bound.rawValue)
        differences.compareNames("metric", metric.map { [$0] } ?? [], other.metric.map { [$0] } ?? [])
        differences.compareNames("benchmarks", benchmarks, other.benchmarks, isEssential: true)
        differences.compare("aggregate", aggregate?.rawValue, other.aggregate?.rawValue)
        differences.compareNames("subject", subject.map { [$0] } ?? [], other.subject.map { [$0] } ?? [])
        differences.compareNames("baseline", baseline.map { [$0] } ?? [], other.baseline.map { [$0] } ?? [])
        return differences.found
    }
}

extension BenchmarkMention: ComparableReading {
    static let listName = "benchmarks"

    func isSame(as other: BenchmarkMention) -> Bool {
        !Set(([name, fullName].compactMap { $0 }).map { NameKey($0) })
            .isDisjoint(with: [other.name, other.fullName].compactMap { $0 }.map { NameKey($0) })
    }

    func differences(from other: BenchmarkMention) -> [ReadingDifference] {
        var differences = FieldComparison()
        differences.compareNames("name", [name], [other.name])
        differences.compareNames("full_name", fullName.map { [$0] } ?? [], other.fullName.map { [$0] } ?? [])
        differences.compare("role", role.rawValue, other.role.rawValue)
        differences.compare("counts", Self.text(counts), Self.text(other.counts))
        return differences.found
    }

    private static func text(_ counts: [BenchmarkCount]) -> String? {
        counts.isEmpty ? nil : counts.map { "\($0.count) \($0.of)" }.sorted().joined(separator: ", ")
    }
}

extension SOTAClaim: ComparableReading {
    static let listName = "sota"

    func isSame(as other: SOTAClaim) -> Bool { evidence.overlaps(other.evidence) }

    func differences(from other: SOTAClaim) -> [ReadingDifference] {
        var differences = FieldComparison()
        differences.compare("strength", strength.rawValue, other.strength.rawValue, isEssential: true)
        differences.compareNames("subject", subject.map { [$0] } ?? [], other.subject.map { [$0] } ?? [])
        differences.compareNames("benchmarks", benchmarks, other.benchmarks, isEssential: true)
        return differences.found
    }
}

extension ModelSize: ComparableReading {
    static let listName = "model_sizes"

    func isSame(as other: ModelSize) -> Bool {
        parameters == other.parameters
            && (model == nil || other.model == nil || model.map { NameKey($0) } == other.model.map { NameKey($0) }
                || evidence.overlaps(other.evidence))
    }

    func differences(from other: ModelSize) -> [ReadingDifference] {
        var differences = FieldComparison()
        differences.compareNames("model", model.map { [$0] } ?? [], other.model.map { [$0] } ?? [], isEssential: true)
        differences.compare(
            "parameters_high",
            parametersHigh.map { "\($0)" },
            other.parametersHigh.map { "\($0)" },
            isEssential: true
        )
        differences.compare("bound", bound.rawValue, other.bound.rawValue)
        return differences.found
    }
}

extension Link: ComparableReading {
    static let listName = "links"

    func isSame(as other: Link) -> Bool { url == other.url }

    func differences(from other: Link) -> [ReadingDifference] {
        var differences = FieldComparison()
        differences.compare("kind", kind.rawValue, other.kind.rawValue, isEssential: true)
        return differences.found
    }
}

/// Collects the fields in which two records differ.
private struct FieldComparison {
    var found: [ReadingDifference] = []

    mutating func compare(_ field: String, _ first: String?, _ second: String?, isEssential: Bool = false) {
        guard first != second else { return }
        found.append(ReadingDifference(field: field, first: first, second: second, isEssential: isEssential))
    }

    /// Compares names as the registry does: without regard to case, hyphens, spaces, and order.
    mutating func compareNames(_ field: String, _ first: [String], _ second: [String], isEssential: Bool = false) {
        guard Set(first.map { NameKey($0) }) != Set(second.map { NameKey($0) }) else { return }
        let texts = [first, second].map { $0.isEmpty ? nil : $0.joined(separator: ", ") }
        found.append(ReadingDifference(field: field, first: texts[0], second: texts[1], isEssential: isEssential))
    }
}

extension ExactDecimal {
    /// Whether both are the same number, however many zeros end them.
    fileprivate func isEqual(to other: ExactDecimal) -> Bool { !(self < other) && !(other < self) }
}

extension Evidence {
    /// Whether both have words in common.
    fileprivate func overlaps(_ other: Evidence) -> Bool {
        source == other.source && start < other.end && other.start < end
    }
}
