/// Finds which names are listed together: "on MNIST, CIFAR-10 (32 px) and the SVHN dataset".
struct NameLists {
    private let document: Document

    init(document: Document) {
        self.document = document
    }

    /// The most tokens between two names of a list: a bracket of some words and a conjunction.
    private static let longestGap = 12

    /// Sets each span's list.
    ///
    /// - Parameters:
    ///   - spans: of one text, in order.
    ///   - range: the spans to look at.
    /// - Complexity: linear in the spans.
    func link(_ spans: inout [NameSpan], in range: Range<Int>) {
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start + 1
            while end < range.upperBound,
                isList(from: spans[end - 1].tokens.upperBound, to: spans[end].tokens.lowerBound)
            {
                end += 1
            }
            let parted = clauseStart(in: start..<end, spans)
            for index in start..<parted { spans[index].list = start..<parted }
            start = parted
        }
    }

    /// Where the main clause starts in what looks like a list: at `Z` of "on X and Y, Z improves"; else the list's end.
    private func clauseStart(in list: Range<Int>, _ spans: [NameSpan]) -> Int {
        let last = list.upperBound - 1
        guard list.count > 1 else { return list.upperBound }
        let gap = spans[last - 1].tokens.upperBound..<spans[last].tokens.lowerBound
        guard gap.count == 1, document.tokens[gap.lowerBound].isMark(",") else { return list.upperBound }
        let next = spans[last].tokens.upperBound
        guard next < document.tokens.count, document.tokens[next].kind == .word else { return list.upperBound }
        let ends = document.tokens[next].has(.benchmarkNoun) || document.tokens[next].has(.taskNoun)
        return ends ? list.upperBound : last
    }

    /// Whether only what joins the members of a list stands between two tokens.
    private func isList(from start: Int, to end: Int) -> Bool {
        guard end > start, end - start <= Self.longestGap else { return false }
        var index = start
        var hasJoint = false
        while index < end {
            let token = document.tokens[index]
            if token.isMark("("), let close = (index..<end).first(where: { document.tokens[$0].isMark(")") }) {
                index = close + 1
                continue
            }
            if isJoint(index) {
                hasJoint = true
            } else if !isFiller(token, index) {
                return false
            }
            index += 1
        }
        return hasJoint
    }

    private func isJoint(_ index: Int) -> Bool {
        let token = document.tokens[index]
        return token.isMark(",") || token.isMark("/") || token.isMark("&") || token.isMark(";")
            || document.isWord(index, "and") || document.isWord(index, "or") || document.isWord(index, "plus")
    }

    private func isFiller(_ token: Token, _ index: Int) -> Bool {
        token.has(.benchmarkNoun) || token.has(.taskNoun) || document.isWord(index, "the")
            || document.isWord(index, "as")
            || document.isWord(index, "well") || document.isWord(index, "both") || document.isWord(index, "also")
    }
}
