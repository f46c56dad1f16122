/// How names are given in records.
enum NamePrint {
    /// The name as printed, without what is glued to it and is no part of it (`MiniF2F-test`, `ImageNet-based`).
    static func name(_ span: NameSpan, _ document: Document) -> String {
        let text = document.string(span.tokens)
        let last = document.tokens[span.tokens.upperBound - 1]
        let isKnown = span.gazetteer?.hasTail ?? false
        guard let tail = NameTail.start(of: last, isKnown: isKnown, in: document.text.bytes) else { return text }
        let printed = text.utf8.dropLast(last.range.upperBound - tail)
        return printed.count > 1 ? String(Substring(printed)) : text
    }

    /// The long form, where the text prints one or a name is shortened in a list.
    static func fullName(_ span: NameSpan, _ document: Document) -> String? {
        if let stem = span.stem { return coordinatedName(stem, span.tokens, document) }
        return span.fullName.map { document.string($0) }
    }

    /// The whole form of a shortened name: its stem with the last part replaced.
    private static func coordinatedName(_ stem: Range<Int>, _ part: Range<Int>, _ document: Document) -> String {
        var whole = Substring(document.string(stem))
        if document.tokens[part.lowerBound].kind == .number {
            while let last = whole.last, last.isNumber { whole.removeLast() }
        } else {
            while let last = whole.last, last != " " { whole.removeLast() }
        }
        return whole + document.string(part)
    }
}
