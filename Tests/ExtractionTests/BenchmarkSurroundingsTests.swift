import Testing

@testable import Extraction

/// What a number hangs on, whatever the trained choice makes of it.
@Suite struct BenchmarkSurroundingsTests {
    private static let names = ["GSM8K", "MATH", "COCO", "GTA5", "Cityscapes"]

    /// Reads a text with given names, taking all its numbers for results.
    private func read<Answer>(_ text: String, _ body: (BenchmarkFeatures) -> Answer) -> Answer {
        var workspace = Workspace()
        var source = text
        source.withUTF8 { workspace.abstract.read($0, lexicon: .builtIn) }
        workspace.names.setBenchmarks(Self.names, in: workspace.abstract)
        workspace.claims.prepare(workspace.abstract, names: workspace.names)
        let context = workspace.claims.context(workspace.abstract, names: workspace.names)
        var results = ResultList()
        results.fill(context.quantities.indices.map { ($0, NumberKind.score) }, in: context)
        var groups = BenchmarkGroups()
        groups.fill(context.document, context.names)
        return body(
            BenchmarkFeatures(
                context: context,
                results: results,
                groups: groups,
                measures: results.items.map { _ in nil }
            )
        )
    }

    private func name(_ place: Int?, _ view: BenchmarkFeatures) -> String {
        place.map { Self.names[view.context.names.benchmarkPlaces[$0].thing] } ?? "-"
    }

    @Test(arguments: [
        ("It reaches 45 % accuracy on GSM8K.", ["GSM8K"]),
        ("It reaches 45 % on the harder GSM8K and 30 % on MATH.", ["GSM8K", "MATH"]),
        ("It reaches 0.45 (against 0.40 for the old one) on MATH.", ["MATH", "-"]),
        ("It improves GSM8K (45 %) and the MATH dataset (30 %).", ["GSM8K", "MATH"]),
        ("It gains 16.1 points in reasoning (GSM8K and MATH).", ["GSM8K"]),
        ("It gains 2.5 % over COCO pretraining.", ["COCO"]),
        ("It reaches 45 % on longer inputs and 30 % on MATH.", ["-", "MATH"]),
        ("It reaches 45 %, and GSM8K is left out.", ["-"]),
        ("It reaches 45 % and improves further on MATH.", ["-"]),
    ])
    func `a number hangs on the name behind its preposition or beside its bracket`(text: String, expected: [String]) {
        let found = read(text) { view in
            view.results.items.indices.map { name(view.surroundings(of: $0, chosen: []).place, view) }
        }
        #expect(found == expected)
    }

    @Test(arguments: [
        ("It gains 4 % accuracy and 5 % recall on GSM8K and MATH.", ["GSM8K", "MATH"], ["-", "-"]),
        ("On GSM8K and MATH it gains 4 % and 5 %.", ["-", "-"], ["GSM8K", "MATH"]),
        ("It gains 4 %, 5 % and 6 % on GSM8K and MATH.", ["-", "-", "-"], ["-", "-", "-"]),
        ("It gains 4 % on GSM8K and 5 % on MATH.", ["-", "-"], ["-", "-"]),
    ])
    func `a run of numbers takes the names of a group of its length in turn`(
        text: String,
        behind: [String],
        before: [String]
    ) {
        let found = read(text) { view in
            view.results.items.indices.map { index in
                let around = view.surroundings(of: index, chosen: [])
                return [name(around.placeBehind, view), name(around.placeBefore, view)]
            }
        }
        #expect(found.map { $0[0] } == behind)
        #expect(found.map { $0[1] } == before)
    }

    @Test(arguments: [
        ("GSM8K reaches 45 % and MATH 30 %. Voting raises them to 50 % and 35 %.", true),
        ("GSM8K reaches 45 % and MATH 30 %. Voting raises this to 50 %.", false),
    ])
    func `a list repeats the benchmarks of the results before it where it is as long`(text: String, isEcho: Bool) {
        let echoes = read(text) { view in
            let chosen = [0, 1].map { thing in
                BenchmarkOption(source: .single, places: thing..<(thing + 1), things: 1 << UInt64(thing))
            }
            return view.results.items.indices.dropFirst(2).map {
                view.surroundings(of: $0, chosen: chosen + [nil, nil].prefix($0 - 2)).echo
            }
        }
        #expect(echoes == (isEcho ? [1, 2] : [nil]))
    }

    @Test(arguments: [
        ("Accuracy on MATH rises from 40 % to 45 %.", ResultSurroundings.Joint.move),
        ("It reaches 45 % (from 40 % before) on MATH.", .bracket),
        ("It reaches 45 % on MATH against 40 % for the baseline.", .comparison),
        ("It reaches 45 % on MATH and 40 % on COCO.", .sentence),
        ("It reaches 45 % on MATH. It reaches 40 % there.", .nextSentence),
    ])
    func `a number is joined to the one before it`(text: String, joint: ResultSurroundings.Joint) {
        #expect(read(text) { $0.surroundings(of: 1, chosen: []).joint } == joint)
    }

    @Test(arguments: [
        ("It gains 4 % from GTA5 to Cityscapes.", true),
        ("It gains 4 % on GTA5 → Cityscapes.", true),
        ("It gains 4 % on GTA5 and leads to Cityscapes.", false),
        ("It gains 4 % on GTA5 (real) to the Cityscapes.", false),
    ])
    func `two names are offered together where one leads over to the other`(text: String, isOffered: Bool) {
        let sources = read(text) { view in
            var options = BenchmarkOptions()
            options.fill(for: view.context.quantities[0], in: view.context, groups: view.groups)
            return options.options.map(\.source)
        }
        #expect(sources.contains(.transfer) == isOffered)
    }

    @Test func `names stay coordinated across the nouns of their sets`() {
        let groups = read("It gains 4 % and 5 % on the GSM8K test set and the MATH validation set.") {
            $0.groups.groups
        }
        #expect(groups == [0..<2])
    }
}
