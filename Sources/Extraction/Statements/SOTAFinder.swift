import Claims

/// Finds the statements that a system is the best, or as good as the best.
///
/// A statement is a target (the state of the art, "existing methods") with a word before it that says what is done with the
/// target: reached, beaten or matched; or a phrase that says it alone ("first place"). Background and aims are told by who
/// does it.
enum SOTAFinder {
    /// Finds the statements, given the names, in the order of the text.
    ///
    /// - Complexity: linear in the tokens.
    static func find(abstract: Document, source: UnsafeBufferPointer<UInt8>, names: NamedThings) -> [SOTAClaim] {
        var claims: [SOTAClaim] = []
        var isOwnSpoken = false
        var before = SOTASetting()
        for (number, sentence) in abstract.sentences.enumerated() {
            // A paper that never says "we" has come to its own work behind its first third.
            isOwnSpoken =
                isOwnSpoken || 3 * number >= abstract.sentences.count && number > 0
                || abstract.tokens[sentence].contains { $0.has(.sotaOwnWord) }
                || names.systemPlaces(in: sentence).contains { names.systems[$0.thing].isOwn }
            var reader = SOTASentence(document: abstract, tokens: sentence, names: names, isOwnSpoken: isOwnSpoken)
            reader.read()
            let scope = SOTAScope(document: abstract, sentence: sentence, names: names, read: reader.statements)
            let start = claims.count
            for (index, statement) in scope.statements.enumerated() where claims.count < maximumClaims {
                if statement.rule == SOTASentence.bestRule, !abstract.tokens[statement.verb].has(.rankPhrase),
                    !abstract.tokens[statement.verb].has(.bestPhrase), !scope.speaksOfOwn(at: statement.verb)
                {
                    continue
                }
                var claim = SOTAClaim(
                    strength: statement.strength,
                    subject: scope.subject(of: statement),
                    benchmarks: scope.benchmarks(of: index),
                    evidence: .abstract(source, abstract.sourceRange(statement.clause)),
                    confidence: statement.confidence,
                    rules: [statement.rule]
                )
                if claim.benchmarks.isEmpty, let carried = before.carried(to: index, in: scope) {
                    claim.benchmarks = carried.benchmarks
                    claim.rules.append(carried.rule)
                }
                if let same = claims[start...].firstIndex(where: { isSame($0, claim) }) {
                    if claims[same].benchmarks.isEmpty { claims[same].benchmarks = claim.benchmarks }
                } else if !repeats(claim, claims) || claim.benchmarks.isEmpty && scope.isOfItsOwn(index) {
                    claims.append(claim)
                }
            }
            before.add(scope)
        }
        return claims
    }

    private static func isSame(_ known: SOTAClaim, _ claim: SOTAClaim) -> Bool {
        known.strength == claim.strength
            && (known.benchmarks.isEmpty || claim.benchmarks.isEmpty || known.benchmarks == claim.benchmarks)
    }

    /// Far over any abstract; bounds the look for one that is known already.
    private static let maximumClaims = 64

    /// Whether a statement was made before: of the same benchmarks, or again of none.
    private static func repeats(_ claim: SOTAClaim, _ claims: [SOTAClaim]) -> Bool {
        claims.contains { $0.strength == claim.strength && $0.benchmarks == claim.benchmarks }
    }
}
