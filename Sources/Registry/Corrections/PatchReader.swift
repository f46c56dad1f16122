import Claims
import Formats

/// A name in a patch: as it is printed, or by the slug of what it stands for.
struct NameWord: Sendable, Hashable {
    var text: String
    var isSlug = false
    /// Where it stands in the patch.
    var pointer: String
}

/// Reads the members of a patch one by one, and collects all that is wrong with them.
///
/// A member that is not there leaves its field as it is; `null` empties it (RFC 7396).
struct PatchReader {
    /// All that is wrong so far.
    private(set) var faults: [CorrectionFault] = []
    private var members: [(name: String, value: JSONNode)]
    /// The pointer to the patch.
    let pointer: String

    /// Starts to read a patch.
    init(_ patch: JSONNode, at pointer: String = "/patch") {
        self.pointer = pointer
        if case .object(let members) = patch {
            self.members = members
        } else {
            self.members = []
            refuse("", "Must be an object, not \(patch.kind).")
        }
    }

    /// The names of the members that are still to be read.
    var names: [String] { members.map(\.name) }

    /// Reads a member, where it is there.
    ///
    /// - Parameters:
    ///   - name: the member.
    ///   - convert: makes a value of it; throws what is wrong, with a pointer that starts at the member.
    ///   - assign: takes the value.
    mutating func member<Value>(
        _ name: String,
        _ convert: (JSONNode) throws(CorrectionFault) -> Value,
        _ assign: (Value) -> Void
    ) {
        guard let index = members.firstIndex(where: { $0.name == name }) else { return }
        let node = members.remove(at: index).value
        do throws(CorrectionFault) {
            assign(try convert(node))
        } catch {
            faults.append(CorrectionFault(pointer + "/" + name + error.pointer, error.detail))
        }
    }

    /// Says that members that a new record needs are missing.
    mutating func require(_ names: [String]) {
        for name in names where !members.contains(where: { $0.name == name }) { refuse(name, "Must be given.") }
    }

    /// Adds a finding about a member; about the patch itself where it has no name.
    mutating func refuse(_ name: String, _ detail: String) {
        faults.append(CorrectionFault(name.isEmpty ? pointer : "\(pointer)/\(Self.escaped(name))", detail))
    }

    /// Adds a finding about an element of a member.
    mutating func refuse(_ name: String, at index: Int, _ detail: String) {
        faults.append(CorrectionFault("\(pointer)/\(name)/\(index)", detail))
    }

    /// Ends the reading: what was not asked for is no field.
    mutating func finish() {
        for (name, _) in members { refuse(name, "There is no such field here, or it cannot be corrected this way.") }
        members = []
    }

    /// A member's name as a part of a JSON Pointer.
    static func escaped(_ name: String) -> String {
        name.replacing("~", with: "~0").replacing("/", with: "~1")
    }
}

/// Makes values of the members of a patch.
enum PatchValue {
    /// A text that is not blank, without control characters but line breaks and tabs.
    static func text(_ maximumBytes: Int) -> (JSONNode) throws(CorrectionFault) -> String {
        { (node) throws(CorrectionFault) in
            guard case .string(let text) = node else {
                throw CorrectionFault("", "Must be a string, not \(node.kind).")
            }
            guard text.utf8.count <= maximumBytes, text.contains(where: { !$0.isWhitespace }) else {
                throw CorrectionFault("", "Must not be blank, nor longer than \(maximumBytes) bytes.")
            }
            guard !text.hasControls(but: ["\n", "\t"]) else {
                throw CorrectionFault("", "Must not contain control characters.")
            }
            return text
        }
    }

    /// `null`, or what another conversion makes.
    static func optional<Value>(
        _ convert: @escaping (JSONNode) throws(CorrectionFault) -> Value
    ) -> (JSONNode) throws(CorrectionFault) -> Value? {
        { (node) throws(CorrectionFault) in
            if case .null = node { return nil }
            return try convert(node)
        }
    }

    /// A decimal in a string, exactly as printed.
    static func decimal(_ node: JSONNode) throws(CorrectionFault) -> ExactDecimal {
        guard case .string(let text) = node, let number = ExactDecimal(text) else {
            throw CorrectionFault(
                "",
                "Must be a decimal in a string, such as \"78.37\", of at most \(ExactDecimal.maximumLength) characters."
            )
        }
        return number
    }

    /// A whole number of a range.
    static func integer(_ range: ClosedRange<Int>) -> (JSONNode) throws(CorrectionFault) -> Int {
        { (node) throws(CorrectionFault) in
            guard case .number(let digits) = node, let number = Int(digits), range.contains(number) else {
                throw CorrectionFault(
                    "",
                    "Must be a whole number within \(range.lowerBound) and \(range.upperBound), written in digits alone."
                )
            }
            return number
        }
    }

    /// A truth value.
    static func boolean(_ node: JSONNode) throws(CorrectionFault) -> Bool {
        guard case .bool(let truth) = node else { throw CorrectionFault("", "Must be a boolean, not \(node.kind).") }
        return truth
    }

    /// A word of a closed set.
    static func word<Word: RawRepresentable<String> & CaseIterable>(
        _ type: Word.Type = Word.self
    ) -> (JSONNode) throws(CorrectionFault) -> Word {
        { (node) throws(CorrectionFault) in
            guard case .string(let text) = node, let word = Word(rawValue: text) else {
                let list = Word.allCases.map(\.rawValue).joined(separator: ", ")
                throw CorrectionFault("", "Must be one of \(list).")
            }
            return word
        }
    }

    /// A name as printed, or an object with the slug of what it stands for.
    static func name(_ node: JSONNode) throws(CorrectionFault) -> NameWord {
        if case .object(let members) = node {
            guard case .string(let slug)? = node["slug"], !slug.isEmpty, slug.utf8.count <= 200, !slug.utf8.contains(0),
                members.allSatisfy({ ["slug", "name"].contains($0.name) })
            else { throw CorrectionFault("", "Must be a name in a string, or an object with the member slug.") }
            return NameWord(text: slug, isSlug: true, pointer: "")
        }
        let text = try text(IngestLimits.nameBytes)(node)
        guard !NameKey(text).description.isEmpty else {
            throw CorrectionFault("", "Must have a letter or digit in it.")
        }
        return NameWord(text: text, pointer: "")
    }

    /// A list.
    static func list<Value>(
        of convert: @escaping (JSONNode) throws(CorrectionFault) -> Value,
        maximum: Int
    ) -> (JSONNode) throws(CorrectionFault) -> [Value] {
        { (node) throws(CorrectionFault) in
            guard case .array(let elements) = node, elements.count <= maximum else {
                throw CorrectionFault("", "Must be an array of at most \(maximum) elements.")
            }
            var values: [Value] = []
            for (index, element) in elements.enumerated() {
                do throws(CorrectionFault) {
                    values.append(try convert(element))
                } catch {
                    throw CorrectionFault("/\(index)" + error.pointer, error.detail)
                }
            }
            return values
        }
    }

    /// A web address.
    static func webAddress(_ node: JSONNode) throws(CorrectionFault) -> String {
        let text = try text(IngestLimits.urlBytes)(node)
        guard isWebAddress(text) else {
            throw CorrectionFault("", "Must be a web address in printable ASCII, such as https://example.org/paper.")
        }
        return text
    }

    /// A web address, or a package URL.
    static func link(_ node: JSONNode) throws(CorrectionFault) -> String {
        let text = try text(IngestLimits.urlBytes)(node)
        guard isWebAddress(text) || (text.hasPrefix("pkg:") && text.utf8.allSatisfy { (0x21...0x7E).contains($0) })
        else {
            throw CorrectionFault("", "Must be a web address, such as https://example.org/code, or a package URL.")
        }
        return text
    }

    /// Whether a text is an `http` or `https` address in printable ASCII.
    static func isWebAddress(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            && PaperIdentifier(scheme: .url, value: text) != nil
    }
}
