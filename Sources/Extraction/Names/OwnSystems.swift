/// Tells which of the systems that a paper names is its own: "we propose X", "a model called X", the title "X: …".
struct OwnSystems {
    private let title: Document
    private let abstract: Document

    init(title: Document, abstract: Document) {
        self.title = title
        self.abstract = abstract
    }

    /// How many tokens before a name the verb of presenting may stand: "We introduce a simple and fast method, called X".
    private static let reach = 16

    /// Whether a place says that the paper presents what it names.
    func presents(_ span: NameSpan) -> Bool {
        span.isInTitle ? leadsTitle(span.tokens) : isPresented(span)
    }

    /// The name before the title's colon.
    private func leadsTitle(_ tokens: Range<Int>) -> Bool {
        let end = tokens.upperBound
        return tokens.lowerBound == 0 && end < title.tokens.count && title.tokens[end].isMark(":")
    }

    private func isPresented(_ span: NameSpan) -> Bool {
        let document = abstract
        let start = span.fullName.map { min($0.lowerBound, span.tokens.lowerBound) } ?? span.tokens.lowerBound
        let sentence = document.sentences[document.sentence(of: start)]
        let before = sentence.clamped(to: (start - Self.reach)..<start)
        guard let verb = before.last(where: { document.tokens[$0].has(.introduceCue) }) else { return false }
        let gap = (verb + 1)..<start
        let isNamed = document.tokens[verb].has(.namingCue)
        if isNamed { return gap.count <= 1 }
        guard before.contains(where: { document.tokens[$0].has(.authorWord) }) || verb == sentence.lowerBound else {
            return false
        }
        // What stands behind a preposition is what the system is for, or made of.
        return !gap.contains { document.tokens[$0].has(.function) && !document.tokens[$0].has(.articleWord) }
            || span.fullName != nil && gap.isEmpty
            || followsComma(start) && gap.count <= Self.reach
    }

    /// "a new method, X," or "a framework (X)".
    private func followsComma(_ start: Int) -> Bool {
        guard start > 0 else { return false }
        let before = abstract.tokens[start - 1]
        return before.isMark(",") || before.isMark("(") || before.isMark(":") || before.mark == 0xE2
    }
}
