package import Claims

/// Two readings of one paper, side by side.
///
/// The first reader's records count; what the second one says of them shows in their confidence and in a list of
/// disagreements.
package struct CombinedReading: Sendable, Hashable {
    /// The first reader's records, all of them: surer where the second reader agrees, else as they were.
    package var records: ExtractedRecords
    /// What only the second reader found.
    package var onlySecond = ExtractedRecords()
    /// Where the readers differ about a record of the first one, in the records' order.
    package var disagreements: [Disagreement] = []
    /// How many records of the first reader the second one agrees on.
    package private(set) var agreementCount = 0

    /// The first reader's records as they are, where there is no second reading.
    package init(keeping records: ExtractedRecords) {
        self.records = records
    }

    /// Combines two readings of one paper.
    ///
    /// Records are the same where they are about the same thing: numbers and statements by value or strength and
    /// overlapping evidence, benchmarks by name, sizes by number, links by address. Each record of the second reader is
    /// taken for one of the first at most.
    ///
    /// - Complexity: the product of the numbers of records.
    package init(_ first: ExtractedRecords, _ second: ExtractedRecords) {
        records = first
        onlySecond.benchmarks = combine(\.benchmarks, second.benchmarks)
        onlySecond.claims = combine(\.claims, second.claims)
        onlySecond.sotaClaims = combine(\.sotaClaims, second.sotaClaims)
        onlySecond.modelSizes = combine(\.modelSizes, second.modelSizes)
        onlySecond.links = combine(\.links, second.links)
    }

    /// Combines the records of one kind.
    ///
    /// - Returns: those that only the second reader found.
    private mutating func combine<Record: ComparableReading>(
        _ kind: WritableKeyPath<ExtractedRecords, [Record]>,
        _ second: [Record]
    ) -> [Record] {
        var rest = second
        for index in records[keyPath: kind].indices {
            let record = records[keyPath: kind][index]
            // Of several that could be meant, the one that differs least; of equals, the first.
            let candidates = rest.indices.filter { record.isSame(as: rest[$0]) }
            let counts = candidates.map { record.differences(from: rest[$0]).count }
            guard let best = zip(candidates, counts).min(by: { $0.1 < $1.1 })?.0 else {
                disagreements.append(Disagreement(list: Record.listName, index: index, difference: .missing))
                continue
            }
            let differences = record.differences(from: rest.remove(at: best))
            if !differences.contains(where: \.isEssential) {
                agreementCount += 1
                records[keyPath: kind][index].confidence = Self.raised(record.confidence)
            }
            disagreements += differences.map { Disagreement(list: Record.listName, index: index, difference: $0) }
        }
        return rest
    }

    /// The confidence of a record that two readers agree on: half of the doubt is gone.
    private static func raised(_ confidence: Double) -> Double { 1 - (1 - confidence) / 2 }
}

/// A point on which the second reader differs from the first.
package struct Disagreement: Sendable, Hashable {
    /// The kind of record, by the annotation guide's name for their list: `results`.
    package var list: String
    /// The record's place in the first reader's list of that kind, from 0.
    package var index: Int
    /// How they differ.
    package var difference: ReadingDifference
}

/// How two readers differ about one record.
package struct ReadingDifference: Sendable, Hashable {
    /// The field of the annotation guide; `nil` where the second reader does not have the record.
    package var field: String?
    /// What the first reader has, as text; `nil` for nothing.
    package var first: String?
    /// What the second reader has, as text; `nil` for nothing.
    package var second: String?
    /// Whether the field is what the record is about; the readers do not agree then.
    package var isEssential: Bool

    /// The second reader does not have the record.
    static let missing = ReadingDifference(field: nil, first: nil, second: nil, isEssential: true)
}

extension ExtractedRecords {
    /// How many records there are, of all kinds.
    package var count: Int { benchmarks.count + claims.count + sotaClaims.count + modelSizes.count + links.count }
}
