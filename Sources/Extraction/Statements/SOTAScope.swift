import Claims

/// Tells of whom and of which benchmarks a statement is made.
enum SOTAScope {
    /// The system that a statement is about: the one named last before its target in its clause, else the paper's own.
    static func subject(of statement: SOTAStatement, names: NamedThings) -> String? {
        let named = names.systemPlaces.last {
            $0.tokens.lowerBound >= statement.clause.lowerBound && $0.tokens.upperBound <= statement.target.lowerBound
        }
        let own = names.systems.first { $0.isOwn }
        if let named, names.systems[named.thing].isOwn || own == nil { return names.systems[named.thing].name }
        return own?.name
    }

    /// The benchmarks that a statement is about: those named in its part of the sentence.
    static func benchmarks(
        of statement: SOTAStatement,
        among statements: [SOTAStatement],
        in sentence: Range<Int>,
        names: NamedThings
    ) -> [String] {
        let part = part(of: statement, among: statements, in: sentence)
        var found: [String] = []
        for place in names.benchmarkPlaces where part.contains(place.tokens.lowerBound) {
            let name = names.benchmarks[place.thing].name
            if !found.contains(name) { found.append(name) }
        }
        return found
    }

    /// The part of the sentence that is a statement's own: up to the next statement's target, from the last one's.
    private static func part(
        of statement: SOTAStatement,
        among statements: [SOTAStatement],
        in sentence: Range<Int>
    ) -> Range<Int> {
        let start = statements.last { $0.target.lowerBound < statement.target.lowerBound }
            .map { ($0.target.upperBound + statement.target.lowerBound) / 2 }
        let end = statements.first { $0.target.lowerBound > statement.target.lowerBound }
            .map { (statement.target.upperBound + $0.target.lowerBound) / 2 }
        let lower = start ?? sentence.lowerBound
        return lower..<max(lower, end ?? sentence.upperBound)
    }
}
