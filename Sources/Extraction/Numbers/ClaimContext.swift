/// What the stages behind the quantities look at: the text, its names, its numbers, and what each token is part of.
struct ClaimContext {
    let document: Document
    let names: NamedThings
    let quantities: [Quantity]
    /// For each token what name it is part of.
    let roles: [TokenRole]

    /// The name that a token is part of.
    enum TokenRole: UInt8 {
        case none, benchmark, system, own
    }

    /// Marks each token with the name it is part of, reusing memory.
    static func markRoles(of document: Document, names: NamedThings, into roles: inout [TokenRole]) {
        roles.removeAll(keepingCapacity: true)
        roles.append(contentsOf: repeatElement(.none, count: document.tokens.count))
        for place in names.systemPlaces {
            let role: TokenRole = names.systems[place.thing].isOwn ? .own : .system
            for token in place.tokens { roles[token] = role }
        }
        for place in names.benchmarkPlaces {
            for token in place.tokens { roles[token] = .benchmark }
        }
    }

    /// The sentence of a quantity, as tokens.
    func sentence(of quantity: Quantity) -> Range<Int> { document.sentences[quantity.sentence] }

    /// What stands at a token, as the trained choices see it; the edge outside of the sentence.
    func symbol(at index: Int, in sentence: Range<Int>) -> FeatureValue {
        guard sentence.contains(index) else { return .shape(.edge) }
        switch roles[index] {
        case .benchmark: return .shape(.benchmark)
        case .own: return .shape(.own)
        case .system: return .shape(.system)
        case .none: break
        }
        let token = document.tokens[index]
        switch token.kind {
        case .number: return .shape(.number)
        case .mark: return .mark(token.mark)
        case .url: return .shape(.url)
        case .word:
            if token.word != .unknown, !token.classes.isEmpty { return .word(token.word) }
            if token.shape.contains(.allUpper) || token.shape.contains(.innerUpper) { return .shape(.acronym) }
            let isName = token.shape.contains(.startsUpper) && !token.shape.contains(.startsSentence)
            return .shape(isName ? .name : .word)
        }
    }
}
