internal import Claims

/// Finds for annotated claims the numbers of the text that they are about.
struct GoldAlignment {
    /// What is known of a quantity.
    enum Answer {
        /// The index of its claim.
        case claim(Int)
        case noResult
        /// A second mention, or a number read otherwise than annotated: nothing to learn from.
        case unclear
    }

    /// For each quantity its answer.
    private(set) var answers: [Answer]

    /// Aligns in the order of the claims, within the evidence first.
    init(_ gold: [GoldClaim], _ quantities: [Quantity], in document: Document) {
        answers = [Answer](repeating: .noResult, count: quantities.count)
        let values = quantities.map { ($0.amount.decimal(in: document), $0.high?.decimal(in: document)) }
        for (number, claim) in gold.enumerated() {
            let span = Self.span(of: claim.evidence, in: document)
            let free = quantities.indices.filter { index in
                if case .claim = answers[index] { return false }
                return Self.isEqual(values[index].0, claim.value) && Self.isEqual(values[index].1, claim.valueHigh)
            }
            let within = free.first { index in
                span?.contains(Int(document.tokens[quantities[index].tokens.lowerBound].start)) ?? false
            }
            if let index = within ?? free.first { answers[index] = .claim(number) }
        }
        for index in quantities.indices {
            guard case .noResult = answers[index] else { continue }
            let isSaidOfGold = gold.contains { claim in
                Self.isEqual(values[index].0, claim.value)
                    || claim.valueHigh != nil && Self.isEqual(values[index].0, claim.valueHigh)
            }
            if isSaidOfGold { answers[index] = .unclear }
        }
    }

    private static func isEqual(_ left: ExactDecimal?, _ right: ExactDecimal?) -> Bool {
        guard let left, let right else { return left == nil && right == nil }
        return !(left < right) && !(right < left)
    }

    /// Where a copied clause stands in the normalised text.
    private static func span(of evidence: String, in document: Document) -> Range<Int>? {
        var copy = NormalisedText()
        var evidence = evidence
        evidence.withUTF8 { copy.read($0) }
        guard !copy.bytes.isEmpty, copy.bytes.count <= document.text.bytes.count else { return nil }
        return document.text.bytes.firstRange(of: copy.bytes)
    }
}
