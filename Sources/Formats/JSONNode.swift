/// A JSON text as a tree.
///
/// Numbers keep their digits; an object keeps the order of its members.
package enum JSONNode: Sendable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([(name: String, value: JSONNode)])

    /// What it is, for messages.
    package var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }

    /// A member of an object.
    ///
    /// - Returns: `nil` where there is none of that name, and where the node is no object.
    package subscript(name: String) -> JSONNode? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    /// The names of an object's members, in their order; none where the node is no object.
    package var memberNames: [String] {
        guard case .object(let members) = self else { return [] }
        return members.map(\.name)
    }

    /// The strings of a member that is an array.
    ///
    /// - Parameter name: the member.
    /// - Returns: the elements that are strings; none where the member is no array.
    package func strings(_ name: String) -> [String] {
        guard case .array(let elements)? = self[name] else { return [] }
        return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }
}

extension JSONNode: Equatable {
    /// Compares as JSON does: the order of an object's members says nothing; numbers are compared by their digits.
    package static func == (left: JSONNode, right: JSONNode) -> Bool {
        switch (left, right) {
        case (.null, .null): return true
        case (.bool(let a), .bool(let b)): return a == b
        case (.number(let a), .number(let b)): return a == b
        case (.string(let a), .string(let b)): return a.utf8.elementsEqual(b.utf8)
        case (.array(let a), .array(let b)): return a == b
        case (.object(let a), .object(let b)):
            guard a.count == b.count else { return false }
            let members = Dictionary(b.map { ($0.name, $0.value) }) { first, _ in first }
            return a.allSatisfy { members[$0.name] == $0.value }
        default: return false
        }
    }
}

extension JSONNode: JSONValue {
    /// Writes the tree as it was read.
    package func write(to json: inout JSONWriter) {
        switch self {
        case .null: json.null()
        case .bool(let truth): json.value(truth)
        case .number(let digits): Array(digits.utf8).withUnsafeBytes { json.value(json: $0) }
        case .string(let text): json.value(text)
        case .array(let elements):
            json.array { json in
                for element in elements { element.write(to: &json) }
            }
        case .object(let members):
            json.object { json in
                for (name, value) in members {
                    json.name(dynamic: name)
                    value.write(to: &json)
                }
            }
        }
    }

    /// The tree as JSON text.
    package var text: String {
        var json = JSONWriter()
        write(to: &json)
        return json.string
    }
}
