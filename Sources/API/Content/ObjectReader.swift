import Claims
import Formats

/// Reads the members of a JSON object one by one, and reports all that is wrong with them at once, each by a JSON
/// Pointer: wrong types, missing and unknown members, values out of range.
struct ObjectReader {
    private var members: [(name: String, value: JSONNode)]
    private let pointer: String
    private var parts: [Problem.Part] = []

    /// Takes a node that has to be an object.
    ///
    /// - Parameters:
    ///   - node: the object.
    ///   - pointer: the JSON Pointer to it; empty for a whole text.
    /// - Throws: `invalid-content` where it is something else.
    init(_ node: JSONNode, at pointer: String = "") throws(Problem) {
        guard case .object(let members) = node else {
            throw .field(pointer, "Must be an object, not \(node.kind).")
        }
        self.members = members
        self.pointer = pointer
    }

    /// Ends the reading.
    ///
    /// - Throws: `invalid-content` with one entry for each member that is wrong, missing or unknown.
    func finish() throws(Problem) {
        var parts = parts
        for (name, _) in members {
            parts.append(Problem.Part(place: .pointer(self[name]), detail: "There is no such member here."))
        }
        guard parts.isEmpty else { throw Problem(.invalidContent, parts: parts) }
    }

    /// Adds findings of another reader, such as one of a member that is an object.
    mutating func refuse(_ more: [Problem.Part]) {
        parts += more
    }

    /// Adds a finding about a member.
    mutating func refuse(_ name: String, _ detail: String) {
        parts.append(Problem.Part(place: .pointer(self[name]), detail: detail))
    }

    /// Adds a finding about an element of a member that is an array.
    mutating func refuse(_ name: String, at index: Int, _ detail: String) {
        parts.append(Problem.Part(place: .pointer("\(self[name])/\(index)"), detail: detail))
    }

    /// The pointer to a member (RFC 6901, section 3).
    subscript(name: String) -> String {
        let escaped = name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
        return pointer + "/" + escaped.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }

    /// Takes a member; `null` counts as not given.
    mutating func take(_ name: String) -> JSONNode? {
        guard let index = members.firstIndex(where: { $0.name == name }) else { return nil }
        let value = members.remove(at: index).value
        if case .null = value { return nil }
        return value
    }
}

extension ObjectReader {
    /// Which control characters a text may have.
    ///
    /// A NUL is never among them: PostgreSQL's text cannot hold it.
    enum Controls {
        /// None: a name, on one line.
        case none
        /// Line breaks and tabs: what people write.
        case lines
        /// All: a paper, as it is found in the wild.
        case any
    }

    /// A text.
    ///
    /// - Parameters:
    ///   - name: the member.
    ///   - characters: how long it may be, in Unicode scalars as in JSON Schema.
    ///   - isRequired: whether it must be there and not be blank.
    ///   - controls: which control characters it may have.
    /// - Returns: the text; `nil` where it is not given, and where it is wrong.
    mutating func text(
        _ name: String,
        characters: ClosedRange<Int>,
        isRequired: Bool = false,
        controls: Controls = .none
    ) -> String? {
        guard let node = take(name) else {
            if isRequired { refuse(name, "Must be given.") }
            return nil
        }
        guard case .string(let text) = node else {
            refuse(name, "Must be a string, not \(node.kind).")
            return nil
        }
        guard characters.contains(text.unicodeScalars.count) else {
            refuse(name, "Must have \(characters.lowerBound) to \(characters.upperBound) characters.")
            return nil
        }
        if let fault = Self.fault(of: text, controls) {
            refuse(name, fault)
            return nil
        }
        guard !isRequired || text.contains(where: { !$0.isWhitespace }) else {
            refuse(name, "Must not be blank.")
            return nil
        }
        return text
    }

    private static func fault(of text: String, _ controls: Controls) -> String? {
        switch controls {
        case .none: text.hasControls() ? "Must not contain control characters." : nil
        case .lines:
            text.hasControls(but: ["\n", "\t"])
                ? "Must not contain control characters but line breaks and tabs." : nil
        case .any: text.utf8.contains(0) ? "Must not contain NUL characters." : nil
        }
    }
}
