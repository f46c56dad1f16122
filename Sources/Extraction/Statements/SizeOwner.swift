import Claims

/// Tells whose size a mention is.
enum SizeOwner {
    /// How far before a size its model's name may stand, in tokens.
    private static let reach = 14

    /// The model's name as printed; `nil` where none is named.
    ///
    /// - Parameters:
    ///   - mention: the size.
    ///   - document: the text it stands in.
    ///   - names: the names in that text, where they are known.
    /// - Returns: the name the size is part of, else the system named last before it in its clause.
    static func model(of mention: SizeMention, in document: Document, names: NamedThings?) -> String? {
        if let name = mention.name { return name }
        guard let names else { return nil }
        let start = document.sentences[document.sentence(of: mention.tokens.lowerBound)].lowerBound
        if isOwn(before: mention.tokens.lowerBound, in: document) {
            return names.systems.first { $0.isOwn }?.name
        }
        let isIndefinite = hasArticle(before: mention.tokens.lowerBound, in: document)
        if isIndefinite { return nil }
        let place = names.systemPlaces.last {
            $0.tokens.upperBound <= mention.tokens.lowerBound && $0.tokens.lowerBound >= start
                && mention.tokens.lowerBound - $0.tokens.upperBound <= reach
        }
        return place.map { names.systems[$0.thing].name }
    }

    private static func isOwn(before index: Int, in document: Document) -> Bool {
        index > 0 && document.isWord(index - 1, "our")
    }

    private static func hasArticle(before index: Int, in document: Document) -> Bool {
        index > 0
            && (document.isWord(index - 1, "a") || document.isWord(index - 1, "an")
                || document.isWord(index - 1, "the"))
    }
}
