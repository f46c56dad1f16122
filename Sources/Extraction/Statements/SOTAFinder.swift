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
        for sentence in abstract.sentences {
            isOwnSpoken = isOwnSpoken || abstract.tokens[sentence].contains { $0.classes.contains(.sotaOwnWord) }
            var reader = SOTASentence(document: abstract, tokens: sentence, isOwnSpoken: isOwnSpoken)
            reader.read()
            let start = claims.count
            for statement in reader.statements where claims.count < maximumClaims {
                let claim = SOTAClaim(
                    strength: statement.strength,
                    subject: SOTAScope.subject(of: statement, names: names),
                    benchmarks: SOTAScope.benchmarks(
                        of: statement,
                        among: reader.statements,
                        in: sentence,
                        names: names
                    ),
                    evidence: .abstract(source, abstract.sourceRange(statement.clause)),
                    confidence: statement.confidence,
                    rules: [statement.rule]
                )
                if let same = claims[start...].firstIndex(where: { isSame($0, claim) }) {
                    // "achieves state-of-the-art results on X, outperforming existing methods": one statement, said twice.
                    if claims[same].benchmarks.isEmpty { claims[same].benchmarks = claim.benchmarks }
                } else if !repeats(claim, claims) {
                    claims.append(claim)
                }
            }
        }
        return claims
    }

    private static func isSame(_ known: SOTAClaim, _ claim: SOTAClaim) -> Bool {
        known.strength == claim.strength
            && (known.benchmarks.isEmpty || claim.benchmarks.isEmpty || known.benchmarks == claim.benchmarks)
    }

    /// Far over any abstract; bounds the look for one that is known already.
    private static let maximumClaims = 64

    private static func repeats(_ claim: SOTAClaim, _ claims: [SOTAClaim]) -> Bool {
        !claim.benchmarks.isEmpty
            && claims.contains { $0.strength == claim.strength && $0.benchmarks == claim.benchmarks }
    }
}
