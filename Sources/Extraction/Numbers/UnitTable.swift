internal import CLexicons

/// The printed units (`ms`, `fps`, `GB`), read from `units.tsv`: their plain singular forms and the forms in texts.
struct UnitTable: Sendable {
    /// The plain form of each unit; the place is the unit's number less ``QuantityUnit/firstPrinted``.
    private var names: [String] = []
    /// The forms as a trie: (node, word) -> node.
    ///
    /// The root is 0.
    private var edges: [UInt64: Int32] = [:]
    /// The unit whose form ends at a node.
    private var units: [QuantityUnit?] = [nil]

    /// The built-in units.
    static let builtIn = UnitTable(text: Lexicon.text(claimboard_lexicon_units()), lexicon: .builtIn)

    /// The words of all forms.
    static func vocabulary(of text: String) -> [Substring] {
        entries(of: text).flatMap { $0.forms.flatMap { $0.split(separator: " ") } }
    }

    private static func entries(of text: String) -> [(name: Substring, forms: [Substring])] {
        text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let fields = line.split(separator: "\t")
            precondition(fields.count == 2, "a unit's line wants a name, a tab and forms: \(line)")
            return (fields[0], fields[1].split(separator: "|"))
        }
    }

    /// Reads a table.
    ///
    /// - Precondition: each word of each form has a number in the lexicon.
    init(text: String, lexicon: Lexicon) {
        for entry in Self.entries(of: text) {
            let unit = QuantityUnit(rawValue: UInt8(names.count) + QuantityUnit.firstPrinted)
            names.append(String(entry.name))
            for form in entry.forms { insert(form.split(separator: " ").map { lexicon.word(String($0)) }, unit) }
        }
    }

    private mutating func insert(_ form: [WordID], _ unit: QuantityUnit) {
        var node: Int32 = 0
        for word in form {
            let edge = Self.edge(node, word)
            if let next = edges[edge] {
                node = next
            } else {
                node = Int32(units.count)
                units.append(nil)
                edges[edge] = node
            }
        }
        units[Int(node)] = unit
    }

    private static func edge(_ node: Int32, _ word: WordID) -> UInt64 {
        UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: word.rawValue))
    }

    /// The longest form that starts at a token.
    ///
    /// - Returns: the unit and the index behind the form.
    func unit(in tokens: [Token], at start: Int) -> (unit: QuantityUnit, end: Int)? {
        var node: Int32 = 0
        var index = start
        var found: (unit: QuantityUnit, end: Int)?
        while index < tokens.count, tokens[index].word != .unknown,
            let next = edges[Self.edge(node, tokens[index].word)]
        {
            node = next
            index += 1
            if let unit = units[Int(node)] { found = (unit, index) }
        }
        return found
    }

    /// A unit as records print it.
    func name(of unit: QuantityUnit) -> String {
        switch unit {
        case .none: "none"
        case .percent: "percent"
        case .points: "points"
        case .times: "times"
        default: names[Int(unit.rawValue - QuantityUnit.firstPrinted)]
        }
    }

    /// The unit that records print as a name.
    func anyUnit(named name: some StringProtocol) -> QuantityUnit? {
        switch name {
        case "none": QuantityUnit.none
        case "percent": .percent
        case "points": .points
        case "times": .times
        default: unit(named: String(name))
        }
    }

    /// The unit of a plain form, such as `USD`.
    func unit(named name: String) -> QuantityUnit? {
        names.firstIndex(of: name).map { QuantityUnit(rawValue: UInt8($0) + QuantityUnit.firstPrinted) }
    }
}
