/// What a title says of the names in it.
extension NameFeatures {
    /// Adds the features of a span of the title.
    func addTitle(
        _ span: NameSpan,
        _ kind: NameKind,
        to features: inout NameFeatureSet,
        _ verdict: inout NameVerdict
    ) {
        let end = span.tokens.upperBound
        let isBeforeColon =
            span.tokens.lowerBound == 0 && end < document.tokens.count && document.tokens[end].isMark(":")
        let place: StaticString = isBeforeColon ? "colon" : span.tokens.lowerBound == 0 ? "start" : "inner"
        if isBeforeColon { verdict.isPresented = true }
        add(.title, .text(place), to: &features)
        add(.title, .text(kind.name), .text(place), to: &features)
        guard isBeforeColon else { return }
        if end + 1 < document.tokens.count {
            let first = document.tokens[end + 1]
            add(.titleWord, .bytes(first.range, in: document.text.bytes), to: &features)
            if first.has(.evaluateCue) { add(.titleWord, .text("<evaluate>"), to: &features) }
        }
        // "X: A Benchmark for …": the first noun says what X is.
        let rest = (end + 1)..<min(document.tokens.count, end + 30)
        guard let noun = rest.first(where: isPlainNoun).map({ head(from: $0, rest) }) else {
            add(.titleNoun, .text("none"), to: &features)
            return
        }
        verdict.note(document.tokens[noun], .title)
        add(.titleNoun, .bytes(document.tokens[noun].range, in: document.text.bytes), to: &features)
        add(.titleNoun, .text(nounClass(noun)), to: &features)
    }
}
