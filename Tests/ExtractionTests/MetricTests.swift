import Claims
import Testing

@testable import Extraction

/// What metrics a number is offered, whatever the weights make of it.
@Suite struct MetricTests {
    /// A text with one thing to be found, or not to be.
    struct Case: CustomTestStringConvertible, Sendable {
        var text: String
        var found: [String]
        var testDescription: String { text }
    }

    private static func read<Answer>(_ text: String, _ body: (ClaimContext) -> Answer) -> Answer {
        var workspace = Workspace()
        var text = text
        text.withUTF8 { workspace.abstract.read($0, lexicon: .builtIn) }
        workspace.claims.prepare(workspace.abstract, names: workspace.names)
        return body(workspace.claims.context(workspace.abstract, names: workspace.names))
    }

    private static let definitions = [
        Case(text: "We report the harmful score (HS) of each attack.", found: ["HS"]),
        Case(text: "It has an attack success rate (ASR) of 12\\%.", found: ["ASR"]),
        Case(text: "The integral absolute error (IAE) and the mean rank error (MRE) fall.", found: ["IAE", "MRE"]),
        Case(text: "A length-controlled win rate (LC-WR) is given.", found: ["LC-WR"]),
        Case(text: "We train a graph network (GNN) on it.", found: []),
        Case(text: "The accuracy (see Table 2) is high.", found: []),
        Case(text: "The success rate (on ImageNet) is high.", found: []),
    ]

    @Test(arguments: definitions)
    func `short forms are taken where a text defines them behind a metric`(example: Case) {
        let found = Self.read(example.text) { context in
            var acronyms = MetricAcronyms()
            acronyms.fill(in: context)
            return acronyms.definitions.map { context.document.string($0.acronym) }
        }
        #expect(found == example.found)
    }

    private static let offers = [
        Case(text: "It has a harmful score (HS) of 4.5.", found: ["HS"]),
        Case(text: "The harmful score (HS) is a mean. It ends with HS of 4.5.", found: ["HS"]),
        Case(text: "It reaches 4.36 (Stride) in the kitchen.", found: ["Stride"]),
        Case(text: "It needs 5 points in visual text adherence.", found: ["visual text adherence"]),
        Case(text: "It gains 6.6\\% on lexical overlap.", found: ["lexical overlap"]),
        Case(text: "It gains 6\\% in EM and F1.", found: ["EM", "F1", "EM and F1"]),
        Case(text: "It has an overall test accuracy of 93\\%.", found: ["overall test accuracy", "test accuracy"]),
        Case(text: "The controller has IAE 0.11 here.", found: ["IAE"]),
    ]

    @Test(arguments: offers)
    func `the metrics that the words around a number name are offered`(example: Case) {
        let offered = Self.read(example.text) { context in
            var acronyms = MetricAcronyms()
            acronyms.fill(in: context)
            guard let quantity = context.quantities.last else { return [String]() }
            var options = MetricOptions()
            options.fill(for: quantity, last: nil, in: MetricPhrases(context: context, acronyms: acronyms))
            return options.options.compactMap { $0.phrase?.text(in: context.document) }
        }
        for metric in example.found { #expect(offered.contains(metric), "\(offered)") }
    }

    /// A text, a metric in it, and its ties to each number.
    struct TieCase: CustomTestStringConvertible, Sendable {
        var text: String
        var metric: String
        var own: [MetricTie]
        var rival: [MetricTie]
        var testDescription: String { text }
    }

    private static let ties = [
        TieCase(
            text: "It has 75\\% recall with 83 points.",
            metric: "recall",
            own: [.beside, .none],
            rival: [.none, .beside]
        ),
        TieCase(text: "It has a recall of 75\\% here.", metric: "recall", own: [.joined], rival: [.none]),
        TieCase(text: "It has a recall (75\\%) here.", metric: "recall", own: [.mark], rival: [.none]),
        TieCase(text: "The recall is 75\\% here.", metric: "recall", own: [.verb], rival: [.none]),
        TieCase(text: "It raises recall by 5\\% here.", metric: "recall", own: [.change], rival: [.none]),
        TieCase(text: "It costs \\$4, and recall and speed fall.", metric: "recall", own: [.none], rival: [.none]),
    ]

    @Test(arguments: ties)
    func `a metric is tied to the number that it stands by, and is its rival's for others`(example: TieCase) {
        Self.read(example.text) { context in
            var results = ResultList()
            results.fill(context.quantities.indices.map { ($0, NumberKind.score) }, in: context)
            guard
                let place = context.document.tokens.indices.first(where: {
                    context.document.string($0) == example.metric
                })
            else {
                Issue.record("no \(example.metric)")
                return
            }
            let answers = results.items.indices.map {
                MetricTies(context: context, results: results).ties(of: place..<(place + 1), to: $0)
            }
            #expect(answers.map(\.own) == example.own)
            #expect(answers.map(\.rival) == example.rival)
        }
    }
}
