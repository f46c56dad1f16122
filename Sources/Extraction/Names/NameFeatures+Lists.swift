/// What the list that a name is in, its long form and its place say of it.
extension NameFeatures {
    /// How many members of a list before and behind a name are looked at.
    private static let nearMembers = 8

    /// Adds what the other members of a span's list are known as.
    func addList(_ index: Int, _ kind: NameKind, to features: inout NameFeatureSet, _ verdict: inout NameVerdict) {
        let list = spans[index].list
        add(.listSize, .digit(min(list.count, 4)), to: &features)
        guard list.count > 1 else { return }
        let near = list.clamped(to: (index - Self.nearMembers)..<(index + Self.nearMembers + 1))
        var known = 0
        var systems = 0
        for other in near where other != index {
            if spans[other].gazetteer?.kind == .name || spans[other].isCalledBenchmark { known += 1 }
            if spans[other].isKnownOther { systems += 1 }
        }
        let share = Self.share(known, of: near.count - 1)
        if known > 0, systems == 0 { verdict.isListed = true }
        add(.listKnown, .text(share), to: &features)
        add(.kindListKnown, .text(kind.name), .text(share), to: &features)
        add(.listSystems, .text(Self.share(systems, of: near.count - 1)), .text(share), to: &features)
    }

    private static func share(_ count: Int, of all: Int) -> StaticString {
        count == 0 ? "none" : count * 2 < all ? "few" : "most"
    }

    /// Adds what the long form of a name is.
    func addFullName(_ span: NameSpan, to features: inout NameFeatureSet, _ verdict: inout NameVerdict) {
        guard let name = span.fullName else { return }
        verdict.note(document.tokens[name.upperBound - 1], .fullName)
        add(.fullNameHead, .bytes(document.tokens[name.upperBound - 1].range, in: document.text.bytes), to: &features)
        let classes = name.reduce(into: WordClasses()) { $0.formUnion(document.tokens[$1].classes) }
        addKnown(.fullNameNoun, "", classes, to: &features)
    }

    /// Adds where in the abstract a name stands.
    func addPlace(_ span: NameSpan, sentence: Range<Int>, to features: inout NameFeatureSet) {
        let number = document.sentence(of: span.tokens.lowerBound)
        let isLast = number + 1 == document.sentences.count
        add(.sentence, .digit(isLast ? 9 : number * 6 / max(1, document.sentences.count)), to: &features)
        if span.tokens.lowerBound == sentence.lowerBound { add(.sentence, .text("start"), to: &features) }
    }
}
