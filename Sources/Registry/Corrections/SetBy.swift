import Claims
import Formats

/// Who has set which fields of a record by hand.
struct SetBy: Sendable {
    /// Field by field.
    private(set) var fields: [(name: String, value: JSONNode)]

    /// Reads the JSON of a `set_by` column.
    init(_ json: String) {
        self.init(try? JSONParser.parse(Array(json.utf8)))
    }

    /// Takes the value of a `set_by` column.
    init(_ node: JSONNode?) {
        if case .object(let members)? = node { fields = members } else { fields = [] }
    }

    /// What is said of a field.
    subscript(name: String) -> JSONNode? {
        get { fields.first { $0.name == name }?.value }
        set {
            fields.removeAll { $0.name == name }
            if let newValue { fields.append((name, newValue)) }
        }
    }

    /// What an extractor read in the fields that were set since.
    var read: [(name: String, value: JSONNode)] {
        fields.compactMap { field in field.value["read"].map { (field.name, $0) } }
    }

    /// Only what is said of some fields.
    func only(_ names: [String]) -> JSONNode {
        .object(fields.filter { names.contains($0.name) })
    }

    /// The JSON for the column.
    var json: String { JSONNode.object(fields).text }
}

/// Who sets fields, and by which correction.
struct Setter: Sendable {
    var account: String
    var correction: Int64
    /// In UTC (RFC 3339).
    var at: String

    /// What `set_by` says of a field.
    ///
    /// - Parameter read: what an extractor has read there, where one has; kept through further corrections, so that a later
    ///   reading finds the record again by it.
    /// - Returns: a JSON object.
    func entry(read: JSONNode?) -> JSONNode {
        var members: [(name: String, value: JSONNode)] = [
            ("account", .string(account)), ("at", .string(at)), ("correction", .number(String(correction))),
        ]
        if let read { members.append(("read", read)) }
        return .object(members)
    }
}

extension RecordRow where Reading: CorrectableReading {
    /// The reading as an extractor had it before people set fields.
    var asRead: Reading {
        let read = SetBy(setBy).read
        guard !read.isEmpty else { return reading }
        var reading = reading
        var names = PatchedNames()
        var patch = PatchReader(.object(read))
        reading.take(&patch, names: &names)
        reading.setNames(
            ResolvedNames(
                metric: names.metric.map { $0?.text },
                benchmarks: names.benchmarks?.map(\.text),
                printed: names.printed.map { $0?.text }
            )
        )
        if case .string(let text)? = read.first(where: { $0.name == "evidence" })?.value {
            reading.evidence.text = text
        }
        return reading
    }
}
