/// A reported number in the form in which it is compared.
struct ComparedNumber: Hashable, CustomStringConvertible {
    /// What makes two numbers the same.
    struct Number: Hashable, CustomStringConvertible {
        var value: String
        var valueHigh: String?
        var unit: String
        var kind: String

        var description: String { "\(value)\(valueHigh.map { "-\($0)" } ?? "") \(unit) \(kind)" }
    }

    let number: Number
    let names: Set<String>
    /// The record itself; it plays no part in the comparison.
    let record: AnnotatedRecord.Number

    var confidence: Double? { record.confidence }

    init(_ record: AnnotatedRecord.Number, names: Set<String>) {
        self.number = Number(
            value: ComparedNames.decimal(record.value) ?? record.value,
            valueHigh: ComparedNames.decimal(record.valueHigh),
            unit: (record.unit.flatMap { $0.isEmpty ? nil : $0 } ?? "none").lowercased(),
            kind: record.kind
        )
        self.names = names
        self.record = record
    }

    static func == (left: ComparedNumber, right: ComparedNumber) -> Bool {
        left.number == right.number && left.names == right.names
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(number)
        hasher.combine(names)
    }

    /// Whether each field agrees with another's.
    func agreements(with other: ComparedNumber) -> [(Evaluation.Field, Bool)] {
        let (left, right) = (record, other.record)
        return [
            (.metric, ComparedNames.metric(left.metric) == ComparedNames.metric(right.metric)),
            (.bound, left.bound == right.bound),
            (.relative, left.relative == right.relative),
            (.aggregate, left.aggregate == right.aggregate),
            (.subject, left.subject.map(ComparedNames.name) == right.subject.map(ComparedNames.name)),
            (.baseline, left.baseline.map(ComparedNames.name) == right.baseline.map(ComparedNames.name)),
        ]
    }

    var description: String { "\(number) on \(names.isEmpty ? "-" : names.sorted().joined(separator: ", "))" }
}

/// A parameter count in the form in which it is compared.
struct ComparedSize: Hashable, CustomStringConvertible {
    var parameters: Int
    var parametersHigh: Int?

    init(_ size: AnnotatedRecord.Size) {
        self.parameters = size.parameters
        self.parametersHigh = size.parametersHigh
    }

    var description: String { "\(parameters)\(parametersHigh.map { "-\($0)" } ?? "")" }
}

/// A statement about the state of the art in the form in which it is compared.
struct ComparedStatement: Hashable, CustomStringConvertible {
    var strength: String
    var names: [String]

    var description: String { "\(strength) on \(names.isEmpty ? "-" : names.joined(separator: ", "))" }
}

extension AnnotatedRecord {
    /// A paper without records.
    init(id: String) {
        self.id = id
    }
}
