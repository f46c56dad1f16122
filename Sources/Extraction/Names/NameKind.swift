/// What a span looks like, at a glance.
enum NameKind {
    /// A known benchmark.
    case known
    /// A known benchmark whose name is a common word.
    case knownWord
    /// A known benchmark's name with something behind a hyphen.
    case knownPart
    /// All capitals: `LHMTA`.
    case acronym
    /// Capitals within: `SnapMoGen`.
    case mixed
    /// Two words or more that start with a capital.
    case words
    /// One such word.
    case word
    /// Small letters only.
    case small

    init(_ span: NameSpan, document: Document, gazetteer: Gazetteer) {
        let first = document.tokens[span.tokens.lowerBound]
        if let match = span.gazetteer {
            self = match.kind == .name ? .known : .knownWord
        } else if gazetteer.knowsPrefix(of: first, in: document.text.bytes) {
            self = .knownPart
        } else if span.tokens.count > 1 {
            self = .words
        } else if first.shape.contains(.allUpper) {
            self = .acronym
        } else if first.shape.contains(.innerUpper)
            || first.shape.contains(.startsUpper) && first.shape.contains(.hasDigit)
        {
            self = .mixed
        } else if first.shape.contains(.startsUpper) {
            self = .word
        } else {
            self = .small
        }
    }

    /// The kind in features.
    var name: StaticString {
        switch self {
        case .known: "known"
        case .knownWord: "knownWord"
        case .knownPart: "knownPart"
        case .acronym: "acronym"
        case .mixed: "mixed"
        case .words: "words"
        case .word: "word"
        case .small: "small"
        }
    }
}
