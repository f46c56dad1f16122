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
        var setting: String?
        for sentence in abstract.sentences {
            isOwnSpoken = isOwnSpoken || abstract.tokens[sentence].contains { $0.classes.contains(.sotaOwnWord) }
            var reader = SOTASentence(document: abstract, tokens: sentence, isOwnSpoken: isOwnSpoken)
            reader.read()
            let scope = SOTAScope(
                document: abstract,
                sentence: sentence,
                names: names,
                statements: merged(reader.statements, in: sentence, names: names)
            )
            let start = claims.count
            for (index, statement) in scope.statements.enumerated() where claims.count < maximumClaims {
                if statement.rule == SOTASentence.bestRule, !scope.speaksOfOwn(at: statement.verb) { continue }
                var claim = SOTAClaim(
                    strength: statement.strength,
                    subject: scope.subject(of: statement),
                    benchmarks: scope.benchmarks(of: index),
                    evidence: .abstract(source, abstract.sourceRange(statement.clause)),
                    confidence: statement.confidence,
                    rules: [statement.rule]
                )
                if claim.benchmarks.isEmpty, let setting, !scope.opensAnew, !scope.isPlaced(index) {
                    claim.benchmarks = [setting]
                    claim.rules.append("sota.setting")
                }
                if let same = claims[start...].firstIndex(where: { isSame($0, claim) }) {
                    if claims[same].benchmarks.isEmpty { claims[same].benchmarks = claim.benchmarks }
                } else if !repeats(claim, claims) {
                    claims.append(claim)
                }
            }
            setting = scope.setting
        }
        return claims
    }

    /// Leaves out what says a statement again: "achieves state-of-the-art results on X, outperforming existing methods".
    private static func merged(
        _ statements: [SOTAStatement],
        in sentence: Range<Int>,
        names: NamedThings
    ) -> [SOTAStatement] {
        var kept: [SOTAStatement] = []
        for (index, statement) in statements.enumerated() {
            let end = index + 1 < statements.count ? statements[index + 1].verb : sentence.upperBound
            let namesOwn = names.benchmarkPlaces.contains {
                (statement.verb..<max(statement.verb, end)).contains($0.tokens.lowerBound)
            }
            if let last = kept.last, last.strength == statement.strength, !namesOwn {
                kept[kept.count - 1].clause = last.clause.lowerBound..<statement.clause.upperBound
            } else {
                kept.append(statement)
            }
        }
        return kept
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
