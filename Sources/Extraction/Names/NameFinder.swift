import Claims

/// Finds the benchmarks and systems that a paper names.
///
/// Places that may be names (``NameSpanScanner``) are gathered into things; a trained model (``NameModel``) says from the
/// features of all places of a thing what it is.
struct NameFinder: Sendable {
    let gazetteer: Gazetteer
    let lexicon: Lexicon
    let model: NameModel

    init(gazetteer: Gazetteer = .builtIn, lexicon: Lexicon = .builtIn, model: NameModel = .builtIn) {
        self.gazetteer = gazetteer
        self.lexicon = lexicon
        self.model = model
    }

    /// The most places that are looked at in one text; an abstract of the corpora has under 80.
    private static let maximumSpans = 2_000
    /// How many of the features that made a record it shows as its rules.
    private static let reasonsShown = 4
    /// From this probability on, a thing is a benchmark.
    ///
    /// Chosen for the best F1 in cross-validation.
    static let benchmarkThreshold: Float = 0.4
    /// From this probability on, a thing is a system.
    static let systemThreshold: Float = 0.4

    /// Fills in the names, and gives the benchmark records (role and counts included).
    ///
    /// - Complexity: linear in the texts, up to a bounded number of names.
    func find(
        title: NameSource,
        abstract: NameSource,
        names: inout NamedThings,
        scratch: inout NameScratch
    ) -> [BenchmarkMention] {
        gather(title: title.document, abstract: abstract.document, scratch: &scratch)
        let titleFeatures = features(of: title.document, scratch.titleSpans, scratch.words)
        let abstractFeatures = features(of: abstract.document, scratch.spans, scratch.words)
        let subject = titleFeatures.subject
        for index in scratch.things.indices {
            let verdict = addFeatures(of: index, titleFeatures, abstractFeatures, subject: subject, &scratch)
            var odds = model.probabilities(scratch.features)
            var rules: [String] = []
            if verdict.definesBenchmark {
                odds = NameModel.defined(odds)
                rules.append("name.defined")
            }
            if let stem = Self.stem(of: index, in: scratch) {
                let shared = scratch.things[stem].probabilities
                if NameModel.benchmarkProbability(shared) > NameModel.benchmarkProbability(odds) {
                    odds = shared
                    rules.append("name.coordinated")
                }
            }
            scratch.things[index].probabilities = odds
            if NameModel.benchmarkProbability(odds) >= Self.benchmarkThreshold {
                scratch.things[index].reasons = rules + model.reasons(scratch.features, limit: Self.reasonsShown)
            }
        }
        return NameRecords(title: title, abstract: abstract, scratch: scratch).fill(&names)
    }

    /// How many spans before a shortened name its stem's is looked for: the members of its list.
    private static let longestCoordination = 6

    /// The thing that a shortened name is a version of: CIFAR-10 for the "100" of "CIFAR-10/100".
    private static func stem(of thing: Int, in scratch: NameScratch) -> Int? {
        for index in 0..<scratch.things[thing].keptCount {
            let place = scratch.things[thing].place(index)
            guard place >= 0, let stem = scratch.spans[place].stem else { continue }
            let near = scratch.spans[max(0, place - longestCoordination)..<place]
            if let other = near.last(where: { $0.tokens == stem })?.thing, (0..<thing).contains(other) { return other }
        }
        return nil
    }

    /// Finds the places that may be names, and which of them name the same thing.
    func gather(title: Document, abstract: Document, scratch: inout NameScratch) {
        scratch.removeAll()
        read(title, isTitle: true, into: &scratch.titleSpans)
        read(abstract, isTitle: false, into: &scratch.spans)
        scratch.words.read(abstract)
        NameThings.gather(title: title, abstract: abstract, scratch: &scratch)
    }

    private func read(_ document: Document, isTitle: Bool, into spans: inout [NameSpan]) {
        NameSpanScanner(document: document, gazetteer: gazetteer, isTitle: isTitle)
            .appendSpans(to: &spans, limit: Self.maximumSpans)
        let fullNames = FullNames(document: document)
        let traits = NameTraits(document: document, lexicon: lexicon)
        for index in spans.indices {
            spans[index].fullName = fullNames.find(for: spans[index].tokens)
            traits.set(of: &spans[index])
        }
        NameLists(document: document).link(&spans, in: spans.indices)
    }

    private func features(of document: Document, _ spans: [NameSpan], _ words: NameWords) -> NameFeatures {
        NameFeatures(document: document, spans: spans, words: words, gazetteer: gazetteer, lexicon: lexicon)
    }

    /// Collects the features of a thing from its places.
    ///
    /// - Returns: what the places say outright.
    private func addFeatures(
        of thing: Int,
        _ title: NameFeatures,
        _ abstract: NameFeatures,
        subject: StaticString,
        _ scratch: inout NameScratch
    ) -> NameVerdict {
        scratch.features.removeAll()
        var verdict = NameVerdict()
        for index in 0..<scratch.things[thing].keptCount {
            let place = scratch.things[thing].place(index)
            scratch.features.beginPlace()
            if place < 0 {
                title.add(-1 - place, to: &scratch.features, &verdict)
            } else {
                abstract.add(place, to: &scratch.features, &verdict)
            }
        }
        scratch.features.beginWhole()
        abstract.addWhole(verdict, places: scratch.things[thing].placeCount, subject: subject, to: &scratch.features)
        return verdict
    }
}

/// A text as it was found and as it was read.
struct NameSource {
    let document: Document
    let source: UnsafeBufferPointer<UInt8>

    /// The evidence that some tokens are.
    func evidence(_ tokens: Range<Int>, in place: Evidence.Source) -> Evidence {
        let range = document.sourceRange(tokens)
        let text = String(decoding: UnsafeBufferPointer(rebasing: source[range]), as: UTF8.self)
        return Evidence(source: place, start: range.lowerBound, end: range.upperBound, text: text)
    }
}

/// What a thing of a paper is called and what speaks for and against it: for training.
package struct NameExample: Sendable {
    /// The forms of its name, the long form included.
    package var forms: [String]
    /// The features, each with its value.
    package var features: [(name: String, value: Double)]
}

extension NameFinder {
    /// The things of a paper that may be benchmarks or systems, as the model sees them.
    func examples(title: Document, abstract: Document) -> [NameExample] {
        var scratch = NameScratch(features: NameFeatureSet(isRecording: true))
        gather(title: title, abstract: abstract, scratch: &scratch)
        let titleFeatures = features(of: title, scratch.titleSpans, scratch.words)
        let abstractFeatures = features(of: abstract, scratch.spans, scratch.words)
        let subject = titleFeatures.subject
        return scratch.things.indices.map { index in
            _ = addFeatures(of: index, titleFeatures, abstractFeatures, subject: subject, &scratch)
            let thing = scratch.things[index]
            let forms = (0..<thing.keptCount).flatMap { kept in
                let place = thing.place(kept)
                let (document, span) =
                    place < 0 ? (title, scratch.titleSpans[-1 - place]) : (abstract, scratch.spans[place])
                return [NamePrint.name(span, document)] + (span.fullName.map { [document.string($0)] } ?? [])
            }
            let features = scratch.features.names.enumerated().map {
                (name: $1, value: Double(scratch.features.value($0)))
            }
            return NameExample(forms: forms, features: features)
        }
    }
}

/// Reads the names of papers for training.
package struct NameReader {
    private let finder: NameFinder

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - hiddenPercent: how many of a hundred names of the gazetteer it does not know.
    ///   - round: which ones; in each round others.
    package init(hiddenPercent: Int, round: Int = 0) {
        finder = NameFinder(gazetteer: .builtIn(hiddenPercent: hiddenPercent, round: round))
    }

    /// The things of a paper that may be benchmarks or systems.
    package func examples(title: String, abstract: String) -> [NameExample] {
        finder.examples(title: document(title), abstract: document(abstract))
    }

    private func document(_ text: String) -> Document {
        var text = text
        var document = Document()
        text.withUTF8 { document.read($0, lexicon: .builtIn) }
        return document
    }
}
