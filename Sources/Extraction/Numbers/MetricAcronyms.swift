/// The short forms of metrics that a text itself defines: `harmful score (HS)`.
struct MetricAcronyms {
    /// One definition.
    struct Definition {
        /// The metric's last word before the bracket.
        var head: Int
        /// The short form inside of the bracket.
        var acronym: Range<Int>
    }

    private(set) var definitions: [Definition] = []

    /// How many a text may define.
    private static let most = 12
    /// How many tokens a short form has at most: `LC-WR`.
    private static let longest = 4

    /// Finds the definitions of a text.
    mutating func fill(in context: ClaimContext) {
        definitions.removeAll(keepingCapacity: true)
        let tokens = context.document.tokens
        guard tokens.count > 3 else { return }
        for index in 1..<(tokens.count - 2) where tokens[index].isMark("(") {
            guard definitions.count < Self.most else { return }
            let before = tokens[index - 1]
            guard before.kind == .word, before.has(.metric) || before.has(.metricHead) || endsMetric(index, in: context)
            else { continue }
            var end = index + 1
            while end < tokens.count, end - index <= Self.longest, tokens[end].kind == .word || tokens[end].isMark("-"),
                end == index + 1 || tokens[end].shape.contains(.isGlued)
            {
                end += 1
            }
            let first = tokens[index + 1]
            guard end > index + 1, end < tokens.count, tokens[end].isMark(")"),
                first.shape.contains(.allUpper) || first.shape.contains(.innerUpper),
                isShort(of: index - 1, first, in: context)
            else { continue }
            definitions.append(Definition(head: index - 1, acronym: (index + 1)..<end))
        }
    }

    /// Whether a metric of several words ends before a bracket.
    private func endsMetric(_ bracket: Int, in context: ClaimContext) -> Bool {
        (max(0, bracket - 6)..<bracket).contains { start in
            let token = context.document.tokens[start]
            return token.phraseClasses.contains(.metric) && start + Int(token.phraseLength) == bracket
        }
    }

    /// How many words before a bracket a short form may be made of.
    private static let longForm = 6

    /// Whether a short form starts like one of the words before it and has the initial of the last: `harmful score (HS)`.
    private func isShort(of head: Int, _ form: Token, in context: ClaimContext) -> Bool {
        let bytes = context.document.text.bytes
        let letters = bytes[form.range].lazy.map { ByteClass.lowered($0) }
        func initial(_ token: Int) -> UInt8? {
            bytes[context.document.tokens[token].range].first.map { ByteClass.lowered($0) }
        }
        guard let last = initial(head), letters.contains(last) else { return false }
        return (max(0, head - Self.longForm + 1)...head).contains { initial($0) == letters.first }
    }

    /// The short form that is defined right behind a metric's last word.
    func acronym(definedBehind end: Int) -> Range<Int>? {
        definitions.first { $0.head == end - 1 }?.acronym
    }

    /// The tokens of a defined short form that starts at a token.
    func words(at index: Int, in document: Document) -> Range<Int>? {
        guard !definitions.isEmpty, document.tokens[index].kind == .word else { return nil }
        for definition in definitions {
            let count = definition.acronym.count
            guard index + count <= document.tokens.count else { continue }
            if zip(definition.acronym, index..<(index + count)).allSatisfy({ document.hasSameText($0, $1) }) {
                return index..<(index + count)
            }
        }
        return nil
    }
}
